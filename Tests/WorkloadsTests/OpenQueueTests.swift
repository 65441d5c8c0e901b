import Simulation
import Statistics
import Testing
import Workloads

/// One station and customers from outside, against closed forms: 20 independent replications, the warm-up removed by MSER-5, and
/// the interval of Student's t. A right engine fails a row once in a thousand sets of seeds.
@Suite("Open queues")
struct OpenQueueTests {
    /// A row: the servers, the laws of gaps and services, the mean gap and the mean wait in seconds.
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let servers: Int
        let gapSeconds: Double
        var isGapConstant = false
        let service: Distribution
        let waitSeconds: Double
    }

    static let rows = [
        // Rates 5 and 8: rho / (mu - lambda).
        Row(
            testDescription: "M/M/1", servers: 1, gapSeconds: 0.2, service: .exponential(seconds: 0.125),
            waitSeconds: 0.208333),
        // Rates 0.2 and 0.1: C(c, 2) / (c * 0.1 - 0.2).
        Row(
            testDescription: "M/M/3", servers: 3, gapSeconds: 5, service: .exponential(seconds: 10),
            waitSeconds: 4.44444),
        Row(
            testDescription: "M/M/4", servers: 4, gapSeconds: 5, service: .exponential(seconds: 10),
            waitSeconds: 0.869565),
        // Load 0.8, service 1: rho (1 + Cs^2) / (2 (1 - rho)) (Pollaczek and Khinchine).
        Row(
            testDescription: "M/D/1", servers: 1, gapSeconds: 1.25, service: .constant(seconds: 1), waitSeconds: 2),
        Row(
            testDescription: "M/M/1 at 0.8", servers: 1, gapSeconds: 1.25, service: .exponential(seconds: 1),
            waitSeconds: 4),
        // Even from 0 to 2: Cs^2 = 1/3.
        Row(
            testDescription: "M/G/1", servers: 1, gapSeconds: 1.25, service: .uniform(from: 0, to: 2_000_000_000),
            waitSeconds: 8.0 / 3),
        // Gaps of 1.25: sigma = 0.628629796 solves sigma = exp(-1.25 (1 - sigma)); the wait is sigma / (1 - sigma).
        Row(
            testDescription: "D/M/1", servers: 1, gapSeconds: 1.25, isGapConstant: true,
            service: .exponential(seconds: 1), waitSeconds: 1.692731),
    ]

    @Test("the mean wait is inside its interval", arguments: rows)
    func meanWait(row: Row) throws {
        let interval = try Replications.interval(durationNanoseconds: UInt64(row.gapSeconds * 30_000 * 1e9)) { seed in
            QueueNetwork.Configuration(
                seed: seed,
                stations: [QueueNetwork.Station(serverCount: row.servers, serviceNanoseconds: row.service)],
                gapNanoseconds: row.isGapConstant
                    ? .constant(seconds: row.gapSeconds) : .exponential(seconds: row.gapSeconds))
        } result: {
            $0.stations[0].steadyWaitSeconds
        }
        #expect(interval.contains(row.waitSeconds), "\(interval), seeds \(Replications.seeds)")
        #expect(interval.halfWidth < row.waitSeconds * 0.12, "the interval says something")
    }

    /// A row: the servers, the room, the load in Erlangs, and the share of customers that are lost.
    struct LossRow: CustomTestStringConvertible {
        let testDescription: String
        let servers: Int
        let room: Int
        let erlangs: Double
        let lostShare: Double
    }

    static let lossRows = [
        LossRow(testDescription: "M/M/10/10 at 8", servers: 10, room: 10, erlangs: 8, lostShare: 0.121661),
        LossRow(testDescription: "M/M/12/12 at 10", servers: 12, room: 12, erlangs: 10, lostShare: 0.119739),
        // (1 - rho) rho^K / (1 - rho^(K + 1)) with rho = 0.8 and K = 5.
        LossRow(
            testDescription: "M/M/1/5 at 0.8", servers: 1, room: 5, erlangs: 0.8, lostShare: 0.2 * 0.32768 / 0.737856),
        // p0 = 1 / (1 + a + a^2/2 + a^3/4 + a^4/8) with a = 1.5; the share is p0 a^4 / 8.
        LossRow(
            testDescription: "M/M/2/4 at 1.5", servers: 2, room: 4, erlangs: 1.5,
            lostShare: 0.6328125 / (1 + 1.5 + 1.125 + 0.84375 + 0.6328125)),
    ]

    @Test("the share of customers that find no room is inside its interval", arguments: lossRows)
    func loss(row: LossRow) throws {
        let interval = try Replications.interval(durationNanoseconds: 30_000_000_000_000) { seed in
            QueueNetwork.Configuration(
                seed: seed,
                stations: [
                    QueueNetwork.Station(
                        serverCount: row.servers, customerCountMax: row.room,
                        serviceNanoseconds: .exponential(seconds: row.erlangs))
                ], gapNanoseconds: .exponential(seconds: 1))
        } result: {
            Double($0.stations[0].lostCount) / Double($0.stations[0].comeCount)
        }
        #expect(interval.contains(row.lostShare), "\(interval), seeds \(Replications.seeds)")
        #expect(interval.halfWidth < row.lostShare * 0.05, "the interval says something")
    }
}
