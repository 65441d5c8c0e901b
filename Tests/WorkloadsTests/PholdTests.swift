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
}
