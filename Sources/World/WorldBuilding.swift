internal import Synchronization

extension World {
    /// How far the building of a world has got.
    public struct BuildingProgress: Hashable, Sendable {
        /// Processes that are there, of all.
        public let processCount: Int
        /// How many there will be.
        public let processTotal: Int
        /// Connections that are open, of those with which the run begins.
        public let connectionCount: Int
        /// How many there will be.
        public let connectionTotal: Int
        /// The share of the work that is done, from zero to one. An open connection counts as much as four devices: it goes to a place of its
        /// table that is in no cache.
        public let share: Double
    }
}

/// Counts what the threads that build a world have built, tells now and then how far they have got, and lets them stop.
final class WorldBuilding: @unchecked Sendable {
    private let processTotal: Int
    private let connectionTotal: Int
    private let workTotal: Int
    private let workPerReport: Int
    private let processCount = Atomic<Int>(0)
    private let connectionCount = Atomic<Int>(0)
    private let workCount = Atomic<Int>(0)
    private let stopRequested = Atomic<Bool>(false)
    private let isReporting = Mutex(())
    /// Whoever watches; one thread at a time calls it.
    private let shouldGoOn: (World.BuildingProgress) -> Bool

    private static let workPerConnection = 4
    /// Into how many reports the work is cut. They are few, so that whoever watches costs the building nothing.
    private static let reportCount = 1000

    /// - Parameters:
    ///   - processTotal: How many processes there will be.
    ///   - shouldGoOn: Is told how far the building has got, now and then, by one thread at a time, and says whether to go on.
    init(
        _ configuration: WorldConfiguration, processTotal: Int,
        shouldGoOn: @escaping (World.BuildingProgress) -> Bool
    ) {
        func devices(_ populations: [Population]) -> Int {
            populations.reduce(0) { $0 + Int($1.userCount) * $1.deviceCount }
        }
        self.processTotal = processTotal
        connectionTotal = devices(configuration.populations.filter(\.startsConnected))
        workTotal = processTotal + devices(configuration.populations) + connectionTotal * Self.workPerConnection
        workPerReport = max(1, workTotal / Self.reportCount)
        self.shouldGoOn = shouldGoOn
    }

    /// Whether the building is to stop. What has been built by then is of no use.
    var isStopped: Bool { stopRequested.load(ordering: .relaxed) }

    /// How far the building has got.
    var progress: World.BuildingProgress {
        World.BuildingProgress(
            processCount: processCount.load(ordering: .relaxed), processTotal: processTotal,
            connectionCount: connectionCount.load(ordering: .relaxed), connectionTotal: connectionTotal,
            share: Double(workCount.load(ordering: .relaxed)) / Double(workTotal))
    }

    /// A process is there, with the devices that it runs for a population.
    func addProcess(deviceCount: Int) {
        processCount.add(1, ordering: .relaxed)
        add(1 + deviceCount)
    }

    /// Connections are open.
    func addConnections(_ count: Int) {
        connectionCount.add(count, ordering: .relaxed)
        add(count * Self.workPerConnection)
    }

    private func add(_ work: Int) {
        let (old, new) = workCount.wrappingAdd(work, ordering: .relaxed)
        if old / workPerReport != new / workPerReport { report() }
    }

    /// Tells how far the building has got: for what takes long without anything to count.
    func report() {
        let goesOn = isReporting.withLock { _ in shouldGoOn(progress) }
        if !goesOn { stopRequested.store(true, ordering: .relaxed) }
    }
}
