import Simulation
import Testing

/// PHOLD: each event makes its target send another one to a random process, after the lookahead and a random time.
private struct Hold: Model {
    let processCount: UInt32
    let lookahead: UInt64
    let firstProcess: UInt32
    var streams: [RandomStream]
    var handled: [UInt64] = []

    init(_ range: Range<UInt32>, processCount: UInt32, lookahead: UInt64, scheduler: inout Scheduler) {
        self.processCount = processCount
        self.lookahead = lookahead
        firstProcess = range.lowerBound
        streams = range.map { RandomStream(seed: 1, component: $0, purpose: 0) }
        for process in range {
            scheduler.schedule(at: UInt64(process % 7), target: process, source: process, kind: 1)
        }
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        handled.append(event.timeNanoseconds)
        let index = Int(event.target - firstProcess)
        let target = UInt32(streams[index].below(UInt64(processCount)))
        let delay = lookahead + streams[index].below(20)
        scheduler.schedule(
            at: event.timeNanoseconds + delay, target: target, source: event.target, kind: 1,
            payload: (event.ordinal, 0, 0, 0))
    }
}

@Suite("Kernel")
struct KernelTests {
    private func run(
        partitions: UInt32, threads: Int = 1, slices: [UInt64] = [3000]
    ) throws -> (digest: String, events: UInt64) {
        let kernel = try Kernel<Hold>(
            partitioning: Partitioning(processCount: 50, partitionCount: partitions), lookaheadNanoseconds: 10,
            threadCount: threads
        ) { range, scheduler in
            Hold(range, processCount: 50, lookahead: 10, scheduler: &scheduler)
        }
        for limit in slices { kernel.run(before: limit) }
        kernel.forEachModel { model in
            #expect(model.handled == model.handled.sorted(), "events come in the order of time")
            #expect(model.handled.allSatisfy { $0 < 3000 })
        }
        return (kernel.digest.hexadecimal, kernel.eventCount)
    }

    @Test("the digest does not depend on the number of partitions", arguments: [2, 3, 8, 50] as [UInt32])
    func partitionsDoNotMatter(partitions: UInt32) throws {
        let alone = try run(partitions: 1)
        let together = try run(partitions: partitions)
        #expect(alone == together)
        #expect(alone.events > 5000)
    }

    @Test(
        "nor on the number of threads", arguments: [(2, 2), (3, 3), (8, 3), (50, 8), (4, 64)] as [(UInt32, Int)])
    func threadsDoNotMatter(partitions: UInt32, threads: Int) throws {
        #expect(try run(partitions: partitions, threads: threads) == run(partitions: 1))
    }

    @Test("nor on how often the run stops", arguments: [1, 4] as [UInt32])
    func slicesDoNotMatter(partitions: UInt32) throws {
        let limits: [UInt64] = (1...100).map { $0 * 30 }
        #expect(try run(partitions: partitions, slices: limits) == run(partitions: 1))
    }

    @Test("several partitions without lookahead are refused")
    func noLookahead() {
        #expect(throws: Kernel<Hold>.SetupError.noLookahead) {
            _ = try Kernel<Hold>(
                partitioning: Partitioning(processCount: 4, partitionCount: 2), lookaheadNanoseconds: 0
            ) { range, scheduler in
                Hold(range, processCount: 4, lookahead: 0, scheduler: &scheduler)
            }
        }
    }

    @Test("an event that comes sooner than the lookahead allows stops the run")
    func brokenPromise() async {
        await #expect(processExitsWith: .failure) {
            let kernel = try Kernel<Hold>(
                partitioning: Partitioning(processCount: 50, partitionCount: 4), lookaheadNanoseconds: 100
            ) { range, scheduler in
                Hold(range, processCount: 50, lookahead: 1, scheduler: &scheduler)
            }
            kernel.run(before: 3000)
        }
    }

    @Test("a digest tells traces apart that differ in one bit or in order")
    func digests() {
        var first = TraceDigest()
        first.append(1, 2)
        first.append(3, 4)
        var swapped = TraceDigest()
        swapped.append(3, 4)
        swapped.append(1, 2)
        var flipped = TraceDigest()
        flipped.append(1, 2)
        flipped.append(3, 5)
        #expect(Set([first, swapped, flipped, TraceDigest()]).count == 4)
        #expect(first.hexadecimal.count == 16)
    }
}
