import Simulation
import Testing
import Workloads

@Suite("PHOLD")
struct PholdTests {
    private func run(partitions: UInt32, threads: Int) throws -> (digest: String, events: UInt64) {
        let configuration = Phold.Configuration(processCount: 500, eventsPerProcess: 3)
        let kernel = try Kernel<Phold>(
            partitioning: Partitioning(processCount: 500, partitionCount: partitions),
            lookaheadNanoseconds: configuration.lookaheadNanoseconds, threadCount: threads
        ) { processes, scheduler in
            Phold(configuration, processes: processes, scheduler: &scheduler)
        }
        kernel.run(before: 30_000_000_000)
        return (kernel.digest.hexadecimal, kernel.eventCount)
    }

    @Test("the digest is the same for any number of partitions and threads")
    func digest() throws {
        let alone = try run(partitions: 1, threads: 1)
        for (partitions, threads) in [(2, 2), (4, 3), (64, 8)] as [(UInt32, Int)] {
            #expect(try run(partitions: partitions, threads: threads) == alone)
        }
    }

    @Test("events follow one another after the lookahead and the mean")
    func rate() throws {
        // 1,500 events, each followed by the next after 1.1 s on average, for 30 s: 40,909, standard deviation below 200.
        let events = Double(try run(partitions: 1, threads: 1).events)
        #expect(abs(events - 40_909) < 1200)
    }

    @Test("a run that is measured does the same on two threads, and about as many events as it is asked for")
    func measuredRun() throws {
        let configuration = Phold.Configuration(processCount: 500, eventsPerProcess: 3)
        let runs = try [1, 2].map { threads in
            var run = try PholdRun(configuration, threadCount: threads, warmUpEventCount: 5000)
            let before = run.eventCount
            run.run(aboutEventCount: 30_000)
            // The standard deviation is below 200.
            #expect(abs(Double(run.eventCount - before) - 30_000) < 1200)
            return run
        }
        #expect(runs[0].digest == runs[1].digest && runs[0].eventCount == runs[1].eventCount)
    }

    @Test("without order, asking for memory ahead changes nothing; more events or fewer processes do")
    func withoutOrder() {
        func digest(_ processes: UInt32, _ events: Int, isAskingAhead: Bool = false) -> UInt64 {
            let configuration = Phold.Configuration(processCount: processes, eventsPerProcess: 2)
            var unordered = UnorderedPhold(configuration, isAskingAhead: isAskingAhead)
            unordered.run(eventCount: events / 2)
            unordered.run(eventCount: events - events / 2)
            return unordered.digest
        }
        let plain = digest(10_000, 50_000)
        #expect(plain == digest(10_000, 50_000, isAskingAhead: true))
        #expect(plain != digest(10_000, 50_001) && plain != digest(9_999, 50_000))
    }
}
