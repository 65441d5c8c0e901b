import Synchronization

/// The partitions that are still to be run in a window: each thread takes one after another. Those in which most has happened lately come
/// first, so that no thread begins with a long one when the others have nothing left to do.
///
/// Which thread runs which partition makes no difference to what happens in it.
final class WindowWork: @unchecked Sendable {
    /// How many places of the order are taken; more than there are if a thread found none.
    private let takenCount = Atomic<Int>(0)
    /// The numbers of the partitions. It changes only while no thread takes any.
    private var order: [Int]
    /// How many events had happened in each partition when it was put in order.
    private var eventCounts: [UInt64]
    private var windowCount = 0

    /// The windows after which the partitions are put in order anew.
    private static let windowsPerOrder = 1024

    init(partitionCount: Int) {
        order = Array(0..<partitionCount)
        eventCounts = Array(repeating: 0, count: partitionCount)
    }

    /// Takes the next partition; nothing if all are taken.
    func next() -> Int? {
        let place = takenCount.wrappingAdd(1, ordering: .relaxed).oldValue
        return place < order.count ? order[place] : nil
    }

    /// Puts all partitions back.
    ///
    /// - Parameter eventCount: How many events have happened in a partition.
    func prepare(eventCount: (Int) -> UInt64) {
        takenCount.store(0, ordering: .relaxed)
        windowCount += 1
        guard windowCount % Self.windowsPerOrder == 0 else { return }
        let counts = order.indices.map(eventCount)
        let recent = zip(counts, eventCounts).map { $0 - $1 }
        order.sort { (recent[$0], $1) > (recent[$1], $0) }
        eventCounts = counts
    }
}
