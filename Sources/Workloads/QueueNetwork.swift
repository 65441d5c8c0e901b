public import Simulation

/// Stations at which customers wait for one of several servers, in the order in which they came, and are then served for a random
/// time. Mean waits, losses and throughputs are known in closed form for many such networks, which makes them a test of an engine.
///
/// Customers come from outside, one after another, or go round for ever. Each station is a process; each arrival and each
/// departure is an event.
public struct QueueNetwork: Model {
    /// What a station is like.
    public struct Station: Hashable, Sendable {
        /// How many servers it has; none has to wait if there are more than customers.
        public let serverCount: Int
        /// How many customers it holds at most, those in service included: who comes when it is full is lost.
        public let customerCountMax: Int
        /// The time that a customer is served, in nanoseconds.
        public let serviceNanoseconds: Distribution
        /// The station to which a customer goes next; nothing if it leaves the network.
        public let next: Int?

        /// Describes a station.
        ///
        /// - Precondition: There is a server, and room for as many customers as there are servers unless there is no limit.
        public init(
            serverCount: Int = 1, customerCountMax: Int = .max, serviceNanoseconds: Distribution, next: Int? = nil
        ) {
            precondition(serverCount >= 1 && customerCountMax >= 1, "a station has a server and room for a customer")
            self.serverCount = serverCount
            self.customerCountMax = customerCountMax
            self.serviceNanoseconds = serviceNanoseconds
            self.next = next
        }
    }

    /// What a network is like.
    public struct Configuration: Hashable, Sendable {
        /// The seed of all draws.
        public let seed: UInt64
        /// The stations. Customers come to the first.
        public let stations: [Station]
        /// The time between two customers from outside, in nanoseconds; nothing if none come.
        public let gapNanoseconds: Distribution?
        /// How many customers are at the first station at the start.
        public let customerCount: Int
        /// How many waits make one of ``StationState/batchMeanWaitSeconds``; 0 keeps none.
        public let batchLength: Int

        /// Describes a network.
        public init(
            seed: UInt64, stations: [Station], gapNanoseconds: Distribution? = nil, customerCount: Int = 0,
            batchLength: Int = 5
        ) {
            self.seed = seed
            self.stations = stations
            self.gapNanoseconds = gapNanoseconds
            self.customerCount = customerCount
            self.batchLength = batchLength
        }
    }

    private enum Kind {
        static let comesFromOutside: UInt16 = 1
        static let comes: UInt16 = 2
        static let departs: UInt16 = 3
    }

    private let configuration: Configuration
    private var gaps: RandomStream
    /// The stations, in the order of the configuration.
    public private(set) var stations: [StationState]

    /// An empty network; the first customer from outside comes after the first gap.
    init(_ configuration: Configuration, scheduler: inout Scheduler) {
        self.configuration = configuration
        gaps = RandomStream(seed: configuration.seed, component: 0, purpose: 1)
        stations = configuration.stations.indices.map {
            StationState(
                services: RandomStream(seed: configuration.seed, component: UInt32($0), purpose: 0),
                batchLength: configuration.batchLength)
        }
        if let gap = configuration.gapNanoseconds {
            let first = gap.sample(drawing: &gaps)
            scheduler.schedule(at: first, target: 0, source: 0, kind: Kind.comesFromOutside)
        }
        for _ in 0..<configuration.customerCount {
            scheduler.schedule(at: 0, target: 0, source: 0, kind: Kind.comes)
        }
    }

    /// A customer comes to a station, or departs from it.
    public mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        let now = event.timeNanoseconds
        let index = event.target
        switch event.kind {
        case Kind.comesFromOutside:
            if let gap = configuration.gapNanoseconds {
                let next = now + gap.sample(drawing: &gaps)
                scheduler.schedule(at: next, target: index, source: index, kind: Kind.comesFromOutside)
            }
            comes(to: index, atNanoseconds: now, scheduler: &scheduler)
        case Kind.comes:
            comes(to: index, atNanoseconds: now, scheduler: &scheduler)
        default:
            if let next = configuration.stations[Int(index)].next {
                scheduler.schedule(at: now, target: UInt32(next), source: index, kind: Kind.comes)
            }
            if stations[Int(index)].departs(atNanoseconds: now) {
                serve(at: index, fromNanoseconds: now, scheduler: &scheduler)
            }
        }
    }

    private mutating func comes(to index: UInt32, atNanoseconds now: UInt64, scheduler: inout Scheduler) {
        let station = configuration.stations[Int(index)]
        let isServed = stations[Int(index)].comes(
            atNanoseconds: now, serverCount: station.serverCount, customerCountMax: station.customerCountMax)
        if isServed { serve(at: index, fromNanoseconds: now, scheduler: &scheduler) }
    }

    private mutating func serve(at index: UInt32, fromNanoseconds now: UInt64, scheduler: inout Scheduler) {
        let service = configuration.stations[Int(index)].serviceNanoseconds
        let end = now + service.sample(drawing: &stations[Int(index)].services)
        scheduler.schedule(at: end, target: index, source: index, kind: Kind.departs)
    }

    /// Runs a network for a time.
    ///
    /// - Returns: The network as it is in the end, and how many events there were.
    public static func run(
        _ configuration: Configuration, durationNanoseconds: UInt64
    ) throws -> (network: QueueNetwork, eventCount: UInt64) {
        let kernel = try Kernel<QueueNetwork>(
            partitioning: Partitioning(processCount: UInt32(configuration.stations.count), partitionCount: 1),
            lookaheadNanoseconds: 0
        ) { _, scheduler in
            QueueNetwork(configuration, scheduler: &scheduler)
        }
        kernel.run(before: durationNanoseconds)
        var result: QueueNetwork?
        kernel.forEachModel { result = $0 }
        guard let result else { preconditionFailure("a kernel has a partition") }
        return (result, kernel.eventCount)
    }
}
