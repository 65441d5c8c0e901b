import Benchmark
import Simulation
import Workloads

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .throughput], warmupIterations: 1, scalingFactor: .mega, maxDuration: .seconds(2),
        maxIterations: 20)

    for processCount: UInt32 in [1_000, 100_000, 1_000_000] {
        for eventsPerProcess: UInt32 in [1, 16] {
            addPhold(Phold.Configuration(processCount: processCount, eventsPerProcess: eventsPerProcess))
        }
    }
    let queue = QueueNetwork.Configuration(
        seed: 1, stations: [QueueNetwork.Station(serviceNanoseconds: .exponential(mean: 500_000))],
        gapNanoseconds: .exponential(mean: 1_000_000), batchLength: 0)
    measure(
        "mm1-customers", setUp: { queue },
        run: { blackHole(try QueueNetwork.run($0, durationNanoseconds: UInt64(measuredCount) * 1_000_000)) })
    for pendingCount in [1_000, 100_000, 1_000_000] {
        measure(
            "hold-\(pendingCount)-pending", setUp: { try HoldRun(pendingCount: pendingCount) },
            run: { $0.run(aboutEventCount: measuredCount) })
    }
    measure(
        "philox-block", setUp: { UInt64(0) },
        run: { sum in
            for counter in 0..<UInt64(measuredCount) { sum &+= Philox.words(counter: (counter, 1), key: 7).0 }
            blackHole(sum)
        })
    let law = Distribution.exponential(mean: 1_000_000_000)
    measure(
        "ziggurat-exponential", setUp: { RandomStream(seed: 1, component: 0, purpose: 0) },
        run: { draws in
            var sum: UInt64 = 0
            for _ in 0..<measuredCount { sum &+= law.sample(drawing: &draws) }
            blackHole(sum)
        })
}

/// PHOLD on one and two threads, and beside it the same handler without any order: plain, and asking for memory ahead.
private func addPhold(_ phold: Phold.Configuration) {
    let name = "phold-\(phold.processCount)x\(phold.eventsPerProcess)"
    for (kind, isAskingAhead) in [("plain", false), ("ahead", true)] {
        measure(
            "\(name)-without-order-\(kind)", setUp: { UnorderedPhold(phold, isAskingAhead: isAskingAhead) },
            run: { unordered in
                unordered.run(eventCount: measuredCount)
                blackHole(unordered)
            })
    }
    for threadCount in [1, 2] {
        measure(
            "\(name)-threads-\(threadCount)",
            setUp: { try PholdRun(phold, threadCount: threadCount, warmUpEventCount: measuredCount) },
            run: { $0.run(aboutEventCount: measuredCount) })
    }
}
