import Chat

/// Puts the observations that all partitions have finished in a window into their total order.
struct ObservationOrder {
    private struct Place {
        let timeNanoseconds: UInt64
        let partition: UInt32
        let position: UInt32
    }

    private let partitions: [FinishedObservations]
    /// Kept to be used again.
    private var places: [Place] = []
    private var lists: [[ObservationBuffer.Entry]]

    init(of partitions: [FinishedObservations]) {
        self.partitions = partitions
        lists = Array(repeating: [], count: partitions.count)
    }

    /// Hands out the observations of a window and forgets them.
    mutating func handOut(window: Int, _ observe: (Observation) -> Void) {
        places.removeAll(keepingCapacity: true)
        for partition in partitions.indices where !partitions[partition].isEmpty(ofWindow: window) {
            partitions[partition].withEntries(of: window) { swap(&$0, &lists[partition]) }
            // Sorted by number, since an entry is many times as long.
            for position in lists[partition].indices {
                places.append(
                    Place(
                        timeNanoseconds: lists[partition][position].observation.timeNanoseconds,
                        partition: UInt32(partition), position: UInt32(position)))
            }
        }
        guard !places.isEmpty else { return }
        places.sort { [lists] first, second in
            first.timeNanoseconds != second.timeNanoseconds
                ? first.timeNanoseconds < second.timeNanoseconds
                : lists[Int(first.partition)][Int(first.position)]
                    .precedes(lists[Int(second.partition)][Int(second.position)])
        }
        for place in places { observe(lists[Int(place.partition)][Int(place.position)].observation) }
        giveBack(window: window)
    }

    /// Gives the lists back empty, with their memory.
    private mutating func giveBack(window: Int) {
        for partition in partitions.indices where !lists[partition].isEmpty {
            lists[partition].removeAll(keepingCapacity: true)
            partitions[partition].withEntries(of: window) { swap(&$0, &lists[partition]) }
        }
    }
}
