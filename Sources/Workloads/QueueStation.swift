public import Simulation

/// An open queue: customers come after independent times, wait for the first free of several servers in the order in which they
/// came, and are served for independent times. Its mean wait is known in closed form for many laws, which makes it a test of an
/// engine.
///
/// Process 0 is where customers come from, process 1 the station.
public struct QueueStation: Model {
    /// What the station is like.
    public struct Configuration: Hashable, Sendable {
        /// The seed of all draws.
        public let seed: UInt64
        /// The number of servers, 1 to 1024.
        public let serverCount: Int
        /// The time between two customers, in nanoseconds.
        public let gapNanoseconds: Distribution
        /// The time that a customer is served, in nanoseconds.
        public let serviceNanoseconds: Distribution
        /// How many of the first customers are not counted, since the station begins empty.
        public let warmUpCount: UInt64

        /// Describes a station.
        public init(
            seed: UInt64, serverCount: Int, gapNanoseconds: Distribution, serviceNanoseconds: Distribution,
            warmUpCount: UInt64
        ) {
            self.seed = seed
            self.serverCount = serverCount
            self.gapNanoseconds = gapNanoseconds
            self.serviceNanoseconds = serviceNanoseconds
            self.warmUpCount = warmUpCount
        }
    }

    private static let source: UInt32 = 0
    private static let station: UInt32 = 1
    /// How many processes a queue has.
    public static let processCount: UInt32 = 2

    private let configuration: Configuration
    private var gaps: RandomStream
    private var services: RandomStream
    private var servers: ProcessorQueue
    private var arrivedCount: UInt64 = 0
    private var waitedNanoseconds: UInt64 = 0
    /// How many customers were counted.
    public private(set) var countedCount: UInt64 = 0

    /// An empty station; the first customer comes after the first gap.
    public init(_ configuration: Configuration, scheduler: inout Scheduler) {
        self.configuration = configuration
        gaps = RandomStream(seed: configuration.seed, component: Self.source, purpose: 0)
        services = RandomStream(seed: configuration.seed, component: Self.station, purpose: 0)
        servers = ProcessorQueue(cores: configuration.serverCount)
        let first = configuration.gapNanoseconds.sample(drawing: &gaps)
        scheduler.schedule(at: first, target: Self.source, source: Self.source, kind: 1)
    }

    /// A customer leaves the source, or comes to the station.
    public mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        let now = event.timeNanoseconds
        if event.target == Self.source {
            scheduler.schedule(at: now, target: Self.station, source: Self.source, kind: 1)
            let next = now + configuration.gapNanoseconds.sample(drawing: &gaps)
            scheduler.schedule(at: next, target: Self.source, source: Self.source, kind: 1)
            return
        }
        let service = configuration.serviceNanoseconds.sample(drawing: &services)
        let turn = servers.admit(arrivalNanoseconds: now, costNanoseconds: service)
        arrivedCount += 1
        // The filter gates the statistics and never the queue itself.
        guard arrivedCount > configuration.warmUpCount else { return }
        waitedNanoseconds += turn.startNanoseconds - now
        countedCount += 1
    }

    /// The mean wait of the customers that were counted, in seconds.
    public var meanWaitSeconds: Double {
        countedCount > 0 ? Double(waitedNanoseconds) / Double(countedCount) / 1e9 : 0
    }

    /// Runs a station for a time.
    ///
    /// - Returns: The model as it is in the end.
    public static func run(_ configuration: Configuration, durationNanoseconds: UInt64) throws -> QueueStation {
        let kernel = try Kernel<QueueStation>(
            partitioning: Partitioning(processCount: processCount, partitionCount: 1), lookaheadNanoseconds: 0
        ) { _, scheduler in
            QueueStation(configuration, scheduler: &scheduler)
        }
        kernel.run(before: durationNanoseconds)
        var result: QueueStation?
        kernel.forEachModel { result = $0 }
        guard let result else { preconditionFailure("a kernel has a partition") }
        return result
    }
}
