import Synchronization

/// What there is to do in a window: the partitions to run, of which each thread takes one after another, and what is to be done beside them
/// with what came of the window before. Partitions in which most has happened lately come first, so that no thread begins with a long one when
/// the others have nothing left to do.
///
/// Which thread runs which partition makes no difference to what happens in it.
final class WindowWork: @unchecked Sendable {
    /// A piece of work.
    enum Piece {
        /// To run a partition, by number.
        case partition(Int)
        /// To do what is done beside the partitions with what came of a window, by number.
        case beside(window: Int)
    }

    /// How many places of the order are taken; more than there are if a thread found none.
    private let takenCount = Atomic<Int>(0)
    /// The numbers of the partitions. It changes only while no thread takes any.
    @exclusivity(unchecked) private var order: [Int]
    /// How many events had happened in each partition when it was put in order.
    @exclusivity(unchecked) private var eventCounts: [UInt64]
    /// How many windows there were, with the one that is being run.
    @exclusivity(unchecked) private(set) var windowCount = 0
    /// Whether nothing was done yet with what came of the window before.
    @exclusivity(unchecked) private(set) var isBesideLeft = false

    /// The windows after which the partitions are put in order anew.
    private static let windowsPerOrder = 1024

    init(partitionCount: Int) {
        order = Array(0..<partitionCount)
        eventCounts = Array(repeating: 0, count: partitionCount)
    }

    /// Takes the next piece; nothing if all are taken.
    func next() -> Piece? {
        var place = takenCount.wrappingAdd(1, ordering: .relaxed).oldValue
        if isBesideLeft {
            // It goes to the thread that finds the first partition taken.
            if place == 1 { return .beside(window: windowCount - 1) }
            if place > 1 { place -= 1 }
        }
        return place < order.count ? .partition(order[place]) : nil
    }

    /// Begins a window: puts all partitions back.
    ///
    /// - Parameters:
    ///   - isBesideLeft: Whether anything is to be done with what came of the window before.
    ///   - eventCount: How many events have happened in a partition.
    func beginWindow(isBesideLeft: Bool, eventCount: (Int) -> UInt64) {
        takenCount.store(0, ordering: .relaxed)
        self.isBesideLeft = isBesideLeft
        windowCount += 1
        guard windowCount % Self.windowsPerOrder == 0 else { return }
        let counts = order.indices.map(eventCount)
        let recent = zip(counts, eventCounts).map { $0 - $1 }
        order.sort { (recent[$0], $1) > (recent[$1], $0) }
        eventCounts = counts
    }
}
