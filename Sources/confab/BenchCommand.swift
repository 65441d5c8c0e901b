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
            Runs PHOLD, the usual benchmark of parallel simulation: each event makes its process send one more to a random \
            process. All events are remote, the lookahead is 0.1, the mean 1.0. Each line is one run:

              events       events of each process at the start
              events/s     events handled in a second, in their total order
              limit/s      the same handler over a plain array, in no order
              ahead/s      the same, asking for memory before it is needed
              ratio        events/s over the limit to the left
              bytes/event  memory of pending events and their order, 64 at least

            A run has as many partitions as threads; the limits are measured on one thread. \
            The digest depends on neither threads nor the machine. A last line gives the customers served at one queue \
            (M/M/1). Machines are noisy: run it more than once, and compare ratios rather than rates. `make benchmarks` \
            measures the pieces of the kernel too.

            Examples:
              confab bench --processes 1000000 --threads 1 --threads 2
              confab bench --processes 1000 --events 1 --threads 1 --json
            """)

    @Option(help: ArgumentHelp("Number of processes; give it again for more runs.", valueName: "count"))
    var processes: [UInt32] = [1_000, 100_000, 1_000_000]

    @Option(help: ArgumentHelp("Events of each process at the start; give it again for more runs.", valueName: "count"))
    var events: [UInt32] = [1, 16]

    @Option(help: ArgumentHelp("Number of threads, and partitions; give it again for more runs.", valueName: "count"))
    var threads: [Int] = [1, 2]

    @Option(help: ArgumentHelp("Events in each measurement, in millions; more are less noisy.", valueName: "millions"))
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
                let limit = limitPerSecond(configuration, isAskingAhead: false)
                let limitAhead = limitPerSecond(configuration, isAskingAhead: true)
                for threadCount in threads {
                    let measured = try eventsPerSecond(configuration, threadCount: threadCount)
                    let row = KernelBenchmark(
                        processes: processCount, eventsPerProcess: eventCount, threads: threadCount,
                        eventsPerSecond: measured.rate, limitPerSecond: limit, limitAheadPerSecond: limitAhead,
                        bytesPerEvent: measured.bytesPerEvent, digest: measured.digest)
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

    /// Events per second without any order. Setting up is not measured.
    private func limitPerSecond(_ configuration: Phold.Configuration, isAskingAhead: Bool) -> Double {
        let count = millions * 1_000_000
        var unordered = UnorderedPhold(configuration, isAskingAhead: isAskingAhead)
        unordered.run(eventCount: count / 4)
        let clock = ContinuousClock()
        let start = clock.now
        unordered.run(eventCount: count)
        let seconds = (clock.now - start) / .seconds(1)
        // What nobody reads need not be done.
        return withExtendedLifetime(unordered.digest) { Double(count) / seconds }
    }

    private func eventsPerSecond(
        _ configuration: Phold.Configuration, threadCount: Int
    ) throws -> (rate: Double, bytesPerEvent: Double, digest: String) {
        let count = millions * 1_000_000
        var phold = try PholdRun(configuration, threadCount: threadCount, warmUpEventCount: count / 4)
        let before = phold.eventCount
        let clock = ContinuousClock()
        let start = clock.now
        phold.run(aboutEventCount: count)
        let seconds = (clock.now - start) / .seconds(1)
        return (Double(phold.eventCount - before) / seconds, phold.bytesPerEvent, phold.digest.hexadecimal)
    }
}
