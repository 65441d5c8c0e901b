import ArgumentParser
import Foundation
import Reporting
import Simulation
import Workloads

/// `confab bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the kernel on this machine.",
        discussion: """
            Runs PHOLD (all events remote, lookahead 0.1, mean 1.0) and, beside each figure, the same handler on the same number \
            of events without any order, on one thread: the limit. Then a queue with one server (M/M/1). Machines are noisy; \
            compare ratios, not rates.
            """)

    @Option(help: "Numbers of processes.")
    var processes: [UInt32] = [1_000, 100_000, 1_000_000]

    @Option(help: "Numbers of first events for each process.")
    var events: [UInt32] = [1, 16]

    @Option(help: "Numbers of threads.")
    var threads: [Int] = [1, 2]

    @Option(help: "How many events each measurement takes, in millions.")
    var millions = 4

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    func validate() throws {
        guard processes.allSatisfy({ (1...100_000_000).contains($0) }) else {
            throw ValidationError("--processes must be 1 to 100000000")
        }
        guard events.allSatisfy({ (1...1000).contains($0) }) else {
            throw ValidationError("--events must be 1 to 1000")
        }
        guard threads.allSatisfy({ (1...1024).contains($0) }) else {
            throw ValidationError("--threads must be 1 to 1024")
        }
        guard (1...10_000).contains(millions) else { throw ValidationError("--millions must be 1 to 10000") }
    }

    func run() throws {
        var rows: [KernelBenchmark] = []
        if !json { StandardOutput.write(KernelBenchmark.header) }
        for eventCount in events {
            for processCount in processes {
                let configuration = Phold.Configuration(processCount: processCount, eventsPerProcess: eventCount)
                let limit = limitPerSecond(configuration)
                for threadCount in threads {
                    let measured = try eventsPerSecond(configuration, threadCount: threadCount)
                    let row = KernelBenchmark(
                        processes: processCount, eventsPerProcess: eventCount, threads: threadCount,
                        eventsPerSecond: measured.rate, limitPerSecond: limit, bytesPerEvent: measured.bytesPerEvent,
                        digest: measured.digest)
                    rows.append(row)
                    if !json { StandardOutput.write(row.text) }
                }
            }
        }
        let queue = try measureQueue()
        StandardOutput.write(json ? try BenchmarkReport(phold: rows, mm1: queue).json() : "\n" + queue.text)
    }

    private func measureQueue() throws -> BenchmarkReport.Queue {
        let gap: UInt64 = 2_000_000
        let configuration = QueueNetwork.Configuration(
            seed: 1, stations: [QueueNetwork.Station(serviceNanoseconds: .exponential(mean: gap / 2))],
            gapNanoseconds: .exponential(mean: gap), batchLength: 0)
        let clock = ContinuousClock()
        let start = clock.now
        let result = try QueueNetwork.run(configuration, durationNanoseconds: gap * UInt64(millions) * 1_000_000)
        let seconds = (clock.now - start) / .seconds(1)
        let station = result.network.stations[0]
        return BenchmarkReport.Queue(
            customers: station.departedCount, customersPerSecond: Double(station.departedCount) / seconds,
            eventsPerSecond: Double(result.eventCount) / seconds,
            meanWaitOverService: Double(station.waitedNanoseconds) / Double(station.comeCount) / Double(gap / 2))
    }

    private func limitPerSecond(_ configuration: Phold.Configuration) -> Double {
        let count = millions * 1_000_000
        _ = Phold.runWithoutOrder(configuration, eventCount: count / 4)
        let clock = ContinuousClock()
        let start = clock.now
        _ = Phold.runWithoutOrder(configuration, eventCount: count)
        return Double(count) / ((clock.now - start) / .seconds(1))
    }

    private func eventsPerSecond(
        _ configuration: Phold.Configuration, threadCount: Int
    ) throws -> (rate: Double, bytesPerEvent: Double, digest: String) {
        let kernel = try Kernel<Phold>(
            partitioning: Partitioning(processCount: configuration.processCount, partitionCount: UInt32(threadCount)),
            lookaheadNanoseconds: configuration.lookaheadNanoseconds, threadCount: threadCount
        ) { processes, scheduler in
            Phold(configuration, processes: processes, scheduler: &scheduler)
        }
        // Each event is followed by the next after 1.1 s on average.
        let pending = Double(configuration.processCount) * Double(configuration.eventsPerProcess)
        let durationNanoseconds = Double(millions) * 1e6 / pending * 1.1e9
        let warmUp = UInt64(max(2e9, durationNanoseconds / 4))
        kernel.run(before: warmUp)
        let before = kernel.eventCount
        let clock = ContinuousClock()
        let start = clock.now
        kernel.run(before: warmUp + UInt64(durationNanoseconds))
        let seconds = (clock.now - start) / .seconds(1)
        return (
            Double(kernel.eventCount - before) / seconds, Double(kernel.pendingByteCount) / pending,
            kernel.digest.hexadecimal
        )
    }
}
