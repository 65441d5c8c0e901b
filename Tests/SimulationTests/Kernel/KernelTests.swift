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

/// The same, with a note of which events it was told of ahead.
private struct Looking: Model {
    final class Log {
        /// Which events it was told of, at each look.
        var told: [Set<UInt64>] = [[], [], []]
        var handled: Set<UInt64> = []
        var handledAfterTold = 0
    }

    var hold: Hold
    let log = Log()
    var looksAhead: Bool { true }

    private func name(_ event: Event) -> UInt64 { UInt64(event.source) << 32 | event.ordinal }

    mutating func prefetch(_ event: Event, look: Int) {
        #expect(!log.handled.contains(name(event)))
        #expect(look == 0 || log.told[look - 1].contains(name(event)), "one look comes after the other")
        log.told[look].insert(name(event))
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        let isTold = log.told.allSatisfy { $0.contains(name(event)) }
        log.handledAfterTold += isTold ? 1 : 0
        log.handled.insert(name(event))
        hold.handle(event, scheduler: &scheduler)
    }
}

/// The same, with a note at the end of each window of how many events happened in it, in one of two places.
private struct Noting: Model {
    struct Note: Equatable {
        var window = 0
        var handledCount = 0
    }

    /// Two notes, of which one may be read while the other is written.
    final class Notes: @unchecked Sendable {
        private var even = Note()
        private var odd = Note()

        subscript(window: Int) -> Note {
            get { window % 2 == 0 ? even : odd }
            set { if window % 2 == 0 { even = newValue } else { odd = newValue } }
        }
    }

    var hold: Hold
    let notes = Notes()
    private var handledCount = 0

    init(hold: Hold) {
        self.hold = hold
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        handledCount += 1
        hold.handle(event, scheduler: &scheduler)
    }

    mutating func endWindow(_ window: Int, before limitNanoseconds: UInt64) -> Bool {
        #expect(hold.handled.last ?? 0 < limitNanoseconds)
        notes[window] = Note(window: window, handledCount: handledCount)
        handledCount = 0
        return true
    }
}

/// At time 10 three events happen, of which the second may be scheduled only at time 5, under a number that was reserved before.
private struct Reserving: Model {
    private let reserves: Bool
    private var reserved: UInt64 = 0
    var handled: [UInt64] = []

    init(reserves: Bool, scheduler: inout Scheduler) {
        self.reserves = reserves
        scheduler.schedule(at: 5, target: 0, source: 0, kind: 0)
        scheduler.schedule(at: 10, target: 0, source: 0, kind: 1)
        if reserves {
            reserved = scheduler.reserveOrdinal(of: 0)
        } else {
            scheduler.schedule(at: 10, target: 0, source: 0, kind: 2)
        }
        scheduler.schedule(at: 10, target: 0, source: 0, kind: 3)
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        handled.append(UInt64(event.kind))
        guard event.kind == 0, reserves else { return }
        scheduler.schedule(at: 10, of: 0, reserved: reserved, kind: 2, port: 0, payload: (0, 0, 0, 0))
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

    @Test(
        "what is done beside the windows is done once for each, in their order, with what all models say of it",
        arguments: [(1, 1), (4, 1), (4, 2), (9, 3)] as [(UInt32, Int)])
    func besideWindows(partitions: UInt32, threads: Int) throws {
        let kernel = try Kernel<Noting>(
            partitioning: Partitioning(processCount: 50, partitionCount: partitions), lookaheadNanoseconds: 10,
            threadCount: threads
        ) { range, scheduler in
            Noting(hold: Hold(range, processCount: 50, lookahead: 10, scheduler: &scheduler))
        }
        var notes: [Noting.Notes] = []
        kernel.forEachModel { notes.append($0.notes) }
        var windows: [Int] = []
        var handledCount = 0
        for limit in [7, 1500, 1500, 3000] as [UInt64] {
            kernel.run(before: limit) { window in
                windows.append(window)
                #expect(notes.allSatisfy { $0[window].window == window })
                handledCount += notes.reduce(0) { $0 + $1[window].handledCount }
            }
            #expect(UInt64(handledCount) == kernel.eventCount, "nothing is left when a run stops")
        }
        #expect(windows == windows.sorted() && Set(windows).count == windows.count)
        #expect(windows.count >= (partitions == 1 ? 4 : 100))
        #expect(kernel.eventCount > 5000)
    }

    @Test("models are lent side by side, each once", arguments: [1, 3])
    func sideBySide(threads: Int) throws {
        let kernel = try Kernel<Hold>(
            partitioning: Partitioning(processCount: 50, partitionCount: 7), lookaheadNanoseconds: 10,
            threadCount: threads
        ) { range, scheduler in
            Hold(range, processCount: 50, lookahead: 10, scheduler: &scheduler)
        }
        kernel.forEachModelSideBySide { $0.handled.append(UInt64($0.firstProcess)) }
        var lent: [UInt64] = []
        kernel.forEachModel { lent += $0.handled }
        #expect(
            lent
                == (0..<7).map {
                    UInt64(Partitioning(processCount: 50, partitionCount: 7).processes(of: $0).lowerBound)
                })
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

    @Test(
        "a model that looks ahead is told of events before they happen, first once and then again, and nothing else changes"
    )
    func lookingAhead() throws {
        let partitioning = Partitioning(processCount: 5000, partitionCount: 1)
        func hold(_ range: Range<UInt32>, _ scheduler: inout Scheduler) -> Hold {
            Hold(range, processCount: 5000, lookahead: 1_000_000, scheduler: &scheduler)
        }
        let kernel = try Kernel<Looking>(partitioning: partitioning, lookaheadNanoseconds: 10) { range, scheduler in
            Looking(hold: hold(range, &scheduler))
        }
        let plain = try Kernel<Hold>(partitioning: partitioning, lookaheadNanoseconds: 10) { hold($0, &$1) }
        kernel.run(before: 5_000_000)
        plain.run(before: 5_000_000)
        #expect(kernel.digest == plain.digest && kernel.eventCount == plain.eventCount)
        var told = 0
        kernel.forEachModel { told += $0.log.handledAfterTold }
        #expect(told * 2 > Int(kernel.eventCount), "of most of them")
    }

    @Test("an event whose number was reserved comes where it would have come had it been scheduled then")
    func reservedNumbers() throws {
        func order(reserves: Bool) throws -> [UInt64] {
            let kernel = try Kernel<Reserving>(
                partitioning: Partitioning(processCount: 1, partitionCount: 1), lookaheadNanoseconds: 0
            ) { _, scheduler in
                Reserving(reserves: reserves, scheduler: &scheduler)
            }
            kernel.run(before: 100)
            var handled: [UInt64] = []
            kernel.forEachModel { handled = $0.handled }
            return handled
        }
        #expect(try order(reserves: true) == [0, 1, 2, 3])
        #expect(try order(reserves: false) == [0, 1, 2, 3])
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
