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

    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    /// Moves the observations before a time to the end of a list, in no particular order.
    mutating func move(before limitNanoseconds: UInt64, to list: inout [Entry]) {
        var keptCount = 0
        for position in entries.indices {
            if entries[position].observation.timeNanoseconds < limitNanoseconds {
                list.append(entries[position])
            } else {
                entries[keptCount] = entries[position]
                keptCount += 1
            }
        }
        entries.removeLast(entries.count - keptCount)
    }
}
