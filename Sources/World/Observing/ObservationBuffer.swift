import Chat

/// The observations of one partition that have not been handed out: those of a handler that ends after the time up to which
/// the world has run must wait until all that happens earlier is known.
struct ObservationBuffer {
    /// An observation and its place in the order of all: by time, process, and the process's own count.
    struct Entry {
        let observation: Observation
        let process: UInt32
        let ordinal: UInt64

        func precedes(_ other: Entry) -> Bool {
            (observation.timeNanoseconds, process, ordinal)
                < (other.observation.timeNanoseconds, other.process, other.ordinal)
        }
    }

    private var entries: [Entry] = []
    /// Those that may be handed out.
    let finished = FinishedObservations()

    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    /// Finishes a window: the observations before its end may be handed out.
    ///
    /// - Returns: Whether there are later ones.
    mutating func endWindow(_ window: Int, before limitNanoseconds: UInt64) -> Bool {
        guard !entries.isEmpty else { return false }
        var keptCount = 0
        finished.withEntries(of: window) { finished in
            for position in entries.indices {
                if entries[position].observation.timeNanoseconds < limitNanoseconds {
                    finished.append(entries[position])
                } else {
                    entries[keptCount] = entries[position]
                    keptCount += 1
                }
            }
        }
        entries.removeLast(entries.count - keptCount)
        return keptCount > 0
    }
}
