public import Scenario
internal import Simulation
public import World

/// A run of a scenario that measures how long its servers take for what they handle, by a clock of the machine. Nobody judges it, and it does
/// what it does without being measured.
public struct MeteredRun {
    private let world: World
    private let durationNanoseconds: UInt64

    /// Builds the world of a scenario, in one partition.
    ///
    /// - Parameter readNanoseconds: A clock that never runs backwards, in nanoseconds.
    public init(_ scenario: Scenario, readNanoseconds: @escaping @Sendable () -> UInt64) throws {
        durationNanoseconds = scenario.durationNanoseconds
        world = try Assembly.world(
            of: scenario, options: Experiment.Options(), keepsObservations: false, meterClock: readNanoseconds)
    }

    /// Runs to the end, or until it is told to stop.
    ///
    /// - Parameter shouldGoOn: Says now and then whether to go on.
    /// - Returns: A sample of whatever a server handled, in order; the same in every run but for the times.
    public func run(shouldGoOn: () -> Bool = { true }) -> [HandlerSample] {
        var slices = RunSlices(durationNanoseconds: durationNanoseconds)
        while let limit = slices.next {
            world.run(before: limit)
            slices.reached(limit, eventCount: world.eventCount)
            guard shouldGoOn() else { break }
        }
        return world.takeHandlerSamples()
    }

    /// The digest of the run so far: 16 hexadecimal digits.
    public var digest: String { world.digest.hexadecimal }
}

extension TierName {
    /// The name of a tier of a world.
    public init(_ tier: ServerTier) {
        self =
            switch tier {
            case .loadBalancer: .loadBalancer
            case .chatServer: .chatServer
            case .storage: .storage
            case .coordinator: .coordinator
            case .dataNode: .dataNode
            case .cache: .cache
            case .objectStore: .objectStore
            }
    }
}
