import Simulation
import Testing

@Suite("Processor queue")
struct ProcessorQueueTests {
    @Test("one core serves in the order of arrival")
    func oneCore() {
        var queue = ProcessorQueue(cores: 1)
        #expect(queue.admit(arrivalNanoseconds: 10, costNanoseconds: 5) == (10, 15))
        #expect(queue.admit(arrivalNanoseconds: 11, costNanoseconds: 5) == (15, 20))
        #expect(queue.admit(arrivalNanoseconds: 30, costNanoseconds: 1) == (30, 31))
        #expect(queue.busyNanoseconds == 11)
        #expect(queue.waitedNanoseconds == 4)
        #expect(queue.admittedCount == 3)
    }

    @Test("each handler gets the core that is free first")
    func twoCores() {
        var queue = ProcessorQueue(cores: 2)
        #expect(queue.admit(arrivalNanoseconds: 0, costNanoseconds: 10) == (0, 10))
        #expect(queue.admit(arrivalNanoseconds: 0, costNanoseconds: 4) == (0, 4))
        #expect(queue.admit(arrivalNanoseconds: 1, costNanoseconds: 4) == (4, 8))
        #expect(queue.admit(arrivalNanoseconds: 5, costNanoseconds: 1) == (8, 9))
    }

    @Test("starts never go backwards, and no more handlers run at once than there are cores")
    func random() {
        for seed: UInt64 in 1...50 {
            var stream = RandomStream(seed: seed, component: 0, purpose: 0)
            let cores = Int(stream.below(8)) + 1
            var queue = ProcessorQueue(cores: cores)
            var arrival: UInt64 = 0
            var turns: [(start: UInt64, finish: UInt64)] = []
            for _ in 0..<200 {
                arrival += stream.below(20)
                let turn = queue.admit(arrivalNanoseconds: arrival, costNanoseconds: stream.below(60))
                #expect(turn.startNanoseconds >= arrival, "seed \(seed)")
                #expect(turn.startNanoseconds >= turns.last?.start ?? 0, "seed \(seed)")
                let running = turns.filter { $0.start <= turn.startNanoseconds && turn.startNanoseconds < $0.finish }
                #expect(running.count < cores, "seed \(seed)")
                turns.append((turn.startNanoseconds, turn.finishNanoseconds))
            }
        }
    }

    @Test("a restarted host is free")
    func reset() {
        var queue = ProcessorQueue(cores: 1)
        _ = queue.admit(arrivalNanoseconds: 0, costNanoseconds: 1000)
        queue.reset(atNanoseconds: 50)
        #expect(queue.admit(arrivalNanoseconds: 60, costNanoseconds: 1) == (60, 61))
    }

    @Test("while a host stands still nothing starts, and what was begun goes on")
    func hold() {
        var queue = ProcessorQueue(cores: 2)
        #expect(queue.admit(arrivalNanoseconds: 0, costNanoseconds: 500).finishNanoseconds == 500)
        queue.hold(untilNanoseconds: 200)
        #expect(queue.admit(arrivalNanoseconds: 10, costNanoseconds: 5).startNanoseconds == 200)
        #expect(queue.admit(arrivalNanoseconds: 300, costNanoseconds: 5).startNanoseconds == 300)
    }
}
