import Testing

@testable import Simulation

/// Each event makes its target send on what came with it, longer or shorter, until nothing is left.
private struct Relay: Model {
    let processCount: UInt32
    let firstProcess: UInt32
    var streams: [RandomStream]
    var handledCount = 0
    var damagedCount = 0

    init(_ range: Range<UInt32>, processCount: UInt32, scheduler: inout Scheduler) {
        self.processCount = processCount
        firstProcess = range.lowerBound
        streams = range.map { RandomStream(seed: 3, component: $0, purpose: 0) }
        for process in range { send(from: process, now: 0, scheduler: &scheduler) }
    }

    /// Words that follow from the first, so that whoever gets them can tell whether they are whole.
    static func words(seed: UInt64, count: Int) -> [UInt64] {
        (0..<count).map { RandomStream.word(seed: seed, component: 0, purpose: 0, index: UInt64($0)) }
    }

    mutating func send(from process: UInt32, now: UInt64, scheduler: inout Scheduler) {
        let index = Int(process - firstProcess)
        let target = UInt32(streams[index].below(UInt64(processCount)))
        let time = now + 10 + streams[index].below(20)
        let length = streams[index].below(40)
        guard length > 0 else {
            return scheduler.schedule(at: time, target: target, source: process, kind: 1)
        }
        let seed = streams[index].next()
        let words = Self.words(seed: seed, count: Int(length))
        words.withUnsafeBufferPointer {
            scheduler.schedule(
                at: time, target: target, source: process, kind: 2, payload: (seed, length, 5), attachment: $0)
        }
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        handledCount += 1
        let words = scheduler.attachment(of: event)
        if event.kind == 1 {
            if !words.isEmpty { damagedCount += 1 }
        } else {
            let wanted = Self.words(seed: event.payload.0, count: Int(event.payload.1))
            if Array(words) != wanted || event.payload.2 != 5 { damagedCount += 1 }
        }
        guard event.timeNanoseconds < 2000 else { return }
        // One is sent before the words are read a second time: sending must not move them.
        send(from: event.target, now: event.timeNanoseconds, scheduler: &scheduler)
        if event.kind == 2, words[0] != RandomStream.word(seed: event.payload.0, component: 0, purpose: 0, index: 0) {
            damagedCount += 1
        }
    }
}

@Suite("Attachments")
struct AttachmentTests {
    private func run(partitions: UInt32, threads: Int, limits: [UInt64]) throws -> String {
        let kernel = try Kernel<Relay>(
            partitioning: Partitioning(processCount: 40, partitionCount: partitions), lookaheadNanoseconds: 10,
            threadCount: threads
        ) { range, scheduler in
            Relay(range, processCount: 40, scheduler: &scheduler)
        }
        for limit in limits {
            kernel.run(before: limit)
            #expect(kernel.attachmentCount == kernel.pendingAttachmentCount, "none is lost and none is left over")
        }
        var handled = 0
        kernel.forEachModel { model in
            handled += model.handledCount
            #expect(model.damagedCount == 0)
        }
        #expect(handled > 3000)
        return kernel.digest.hexadecimal
    }

    @Test(
        "they arrive whole, in any partition and thread, and are freed exactly once",
        arguments: [(1, 1), (2, 1), (3, 2), (40, 3)] as [(UInt32, Int)])
    func whole(partitions: UInt32, threads: Int) throws {
        let limits: [UInt64] = (1...20).map { $0 * 100 } + [.max]
        let digest = try run(partitions: partitions, threads: threads, limits: limits)
        #expect(try digest == run(partitions: 1, threads: 1, limits: [.max]))
    }

    @Test("a kernel that is dropped while attachments are pending frees them")
    func dropped() throws {
        for _ in 0..<20 {
            let kernel = try Kernel<Relay>(
                partitioning: Partitioning(processCount: 40, partitionCount: 4), lookaheadNanoseconds: 10
            ) { range, scheduler in
                Relay(range, processCount: 40, scheduler: &scheduler)
            }
            kernel.run(before: 100)
            #expect(kernel.attachmentCount > 0)
        }
    }
}
