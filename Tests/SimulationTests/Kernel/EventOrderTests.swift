import Simulation
import Testing

@testable import Simulation

@Suite("The order of events")
struct EventOrderTests {
    private func event(_ time: UInt64, _ target: UInt32, _ source: UInt32, _ ordinal: UInt64) -> Event {
        Event(timeNanoseconds: time, target: target, source: source, ordinal: ordinal, kind: 1)
    }

    @Test("an event is one cache line of plain data")
    func layout() {
        #expect(MemoryLayout<Event>.size == 64)
        #expect(MemoryLayout<Event>.stride == 64)
        #expect(_isPOD(Event.self))
    }

    @Test("time comes first, then target, source and the source's own count")
    func order() {
        let ordered = [
            event(1, 9, 9, 9), event(2, 1, 9, 9), event(2, 2, 1, 9), event(2, 2, 2, 1), event(2, 2, 2, 2),
        ]
        for (index, earlier) in ordered.enumerated() {
            #expect(!earlier.precedes(earlier))
            for later in ordered.dropFirst(index + 1) {
                #expect(earlier.precedes(later))
                #expect(!later.precedes(earlier))
            }
        }
    }

    @Test("every process is in the partition that has it", arguments: [(1, 1), (10, 3), (7, 7), (5, 9), (1000, 64)])
    func partitioning(processes: UInt32, partitions: UInt32) {
        let partitioning = Partitioning(processCount: processes, partitionCount: partitions)
        var next: UInt32 = 0
        for partition in 0..<partitioning.partitionCount {
            let range = partitioning.processes(of: partition)
            #expect(range.lowerBound == next && !range.isEmpty)
            next = range.upperBound
            for process in range { #expect(partitioning.partition(of: process) == partition) }
        }
        #expect(next == processes)
    }
}
