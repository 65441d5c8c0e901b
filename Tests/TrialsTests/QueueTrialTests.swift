import Capacity
import Simulation
import Statistics
import Testing
import Trials

/// Runs under fixed seeds against closed forms. A right engine fails a row once in a thousand sets of seeds.
@Suite("Trials of queues")
struct QueueTrialTests {
    static let seeds: ClosedRange<UInt64> = 1...20

    @Test("the mean wait of M/M/c is inside its interval", arguments: [(1, 0.6), (3, 0.7), (8, 0.8)])
    func markovian(servers: Int, utilisation: Double) throws {
        let serviceNanoseconds = 1_000_000.0
        let gap = serviceNanoseconds / (Double(servers) * utilisation)
        let interval = try QueueTrial(
            servers: servers, meanGapNanoseconds: UInt64(gap),
            serviceNanoseconds: .exponential(mean: UInt64(serviceNanoseconds)), customerCount: 40_000
        ).meanWaitSeconds(seeds: Self.seeds, level: 0.999, jobs: 2)
        let formula = MMcQueue(servers: servers, arrivalRate: 1e9 / gap, serviceRate: 1000).meanWait
        #expect(interval.contains(formula), "\(interval), formula \(formula), seeds \(Self.seeds)")
        #expect(interval.halfWidth < formula * 0.15, "the interval says something")
    }

    @Test("the approximation of Allen and Cunneen is near for constant services on eight servers")
    func constantServices() throws {
        let interval = try QueueTrial(
            servers: 8, meanGapNanoseconds: 10_000, serviceNanoseconds: .constant(64_000), customerCount: 100_000
        ).meanWaitSeconds(seeds: Self.seeds, level: 0.999, jobs: 2)
        let formula = GGcQueue(
            markovian: MMcQueue(servers: 8, arrivalRate: 100_000, serviceRate: 15_625), arrivalVariation: 1,
            serviceVariation: 0
        ).meanWait
        #expect(abs(formula / interval.mean - 1) < 0.15, "\(interval), formula \(formula)")
    }
}
