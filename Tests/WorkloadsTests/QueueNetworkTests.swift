import Simulation
import Statistics
import Testing
import Workloads

/// Networks of stations against closed forms, as in ``OpenQueueTests``.
@Suite("Queue networks")
struct QueueNetworkTests {
    @Test("in a tandem each station waits as if it were alone (Burke 1956)")
    func tandem() throws {
        // Rate 1; services of 0.7 and 0.8 s, then two servers of 1.4 s each.
        let waits = [0.49 / 0.3, 0.64 / 0.2, 1.4 * 0.49 / (1 - 0.49)]
        let stations = [
            QueueNetwork.Station(serviceNanoseconds: .exponential(seconds: 0.7), next: 1),
            QueueNetwork.Station(serviceNanoseconds: .exponential(seconds: 0.8), next: 2),
            QueueNetwork.Station(serverCount: 2, serviceNanoseconds: .exponential(seconds: 1.4)),
        ]
        for (station, wait) in waits.enumerated() {
            let interval = try Replications.interval(durationNanoseconds: 30_000_000_000_000) { seed in
                QueueNetwork.Configuration(seed: seed, stations: stations, gapNanoseconds: .exponential(seconds: 1))
            } result: {
                $0.stations[station].steadyWaitSeconds
            }
            #expect(interval.contains(wait), "station \(station): \(interval), not \(wait)")
            #expect(interval.halfWidth < wait * 0.12, "the interval says something")
        }
    }

    @Test("400 customers at 300 servers that are never idle: throughput, response and wait")
    func saturated() throws {
        func interval(_ result: (StationState) -> Double) throws -> ConfidenceInterval {
            try Replications.interval(durationNanoseconds: 40_000_000_000) { seed in
                QueueNetwork.Configuration(
                    seed: seed,
                    stations: [
                        QueueNetwork.Station(
                            serverCount: 300, serviceNanoseconds: .exponential(seconds: 0.444), next: 0)
                    ], customerCount: 400)
            } result: {
                result($0.stations[0])
            }
        }
        #expect(try interval { Double($0.departedCount) / 40 }.contains(675.6757))
        #expect(try interval(\.steadyWaitSeconds).contains(0.1480))
    }

    @Test("a closed network has the throughput that mean value analysis gives", arguments: [1, 4, 12])
    func closed(customerCount: Int) throws {
        let serviceSeconds = [1.0, 0.25, 0.4]
        let stations = [
            // Thinking: a server for each.
            QueueNetwork.Station(
                serverCount: 1000, serviceNanoseconds: .exponential(seconds: serviceSeconds[0]), next: 1),
            QueueNetwork.Station(serviceNanoseconds: .exponential(seconds: serviceSeconds[1]), next: 2),
            QueueNetwork.Station(serviceNanoseconds: .exponential(seconds: serviceSeconds[2]), next: 0),
        ]
        let interval = try Replications.interval(durationNanoseconds: 10_000_000_000_000) { seed in
            QueueNetwork.Configuration(seed: seed, stations: stations, customerCount: customerCount)
        } result: {
            Double($0.stations[2].departedCount) / 10_000
        }
        let wanted = throughput(
            thinkSeconds: serviceSeconds[0], serviceSeconds: Array(serviceSeconds[1...]), customerCount)
        #expect(interval.contains(wanted), "\(interval), not \(wanted)")
        #expect(interval.halfWidth < wanted * 0.02, "the interval says something")
    }

    /// Customers per second of a closed network of single servers and a think time (Reiser and Lavenberg 1980).
    private func throughput(thinkSeconds: Double, serviceSeconds: [Double], _ customerCount: Int) -> Double {
        var queues = serviceSeconds.map { _ in 0.0 }
        var throughput = 0.0
        for customers in 1...customerCount {
            let responses = zip(serviceSeconds, queues).map { $0 * (1 + $1) }
            throughput = Double(customers) / (thinkSeconds + responses.reduce(0, +))
            queues = responses.map { $0 * throughput }
        }
        return throughput
    }

    @Test("nobody is lost or doubled: who came waits, is served, was lost or has departed")
    func conservation() throws {
        let result = try QueueNetwork.run(
            QueueNetwork.Configuration(
                seed: 5,
                stations: [
                    QueueNetwork.Station(
                        serverCount: 2, customerCountMax: 6, serviceNanoseconds: .exponential(seconds: 1.8), next: 1),
                    QueueNetwork.Station(serviceNanoseconds: .exponential(seconds: 0.5)),
                ], gapNanoseconds: .exponential(seconds: 1)), durationNanoseconds: 5_000_000_000_000)
        for station in result.network.stations {
            #expect(station.comeCount == station.lostCount + station.departedCount + station.presentCount)
        }
        #expect(result.network.stations[0].lostCount > 0)
        #expect(result.network.stations[0].departedCount == result.network.stations[1].comeCount)
    }
}
