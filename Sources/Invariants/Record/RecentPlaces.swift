/// Places to which something happened lately, in order of time, eight bytes each: many millions within seconds perhaps.
///
/// They lie in chunks, of which each has a time of its own that its places count from, and goes as a whole.
struct RecentPlaces {
    private struct Entry {
        let place: UInt32
        /// Counted from the chunk's time.
        let nanoseconds: UInt32
    }

    private struct Chunk {
        let startNanoseconds: UInt64
        var entries: [Entry] = []

        var lastNanoseconds: UInt64 { startNanoseconds + UInt64(entries.last?.nanoseconds ?? 0) }
    }

    private var chunks: [Chunk] = []
    /// What happened before is forgotten, also what is in the first chunk still.
    private var rememberedNanoseconds: UInt64 = 0

    private static let chunkCountMax = 4096

    /// Something happens to a place, no earlier than what was noted before.
    ///
    /// - Complexity: O(1) amortised.
    mutating func append(_ place: UInt32, atNanoseconds now: UInt64) {
        if let last = chunks.last, last.entries.count < Self.chunkCountMax,
            now - last.startNanoseconds <= UInt64(UInt32.max)
        {
            let nanoseconds = UInt32(now - last.startNanoseconds)
            chunks[chunks.count - 1].entries.append(Entry(place: place, nanoseconds: nanoseconds))
        } else {
            chunks.append(Chunk(startNanoseconds: now, entries: [Entry(place: place, nanoseconds: 0)]))
        }
    }

    /// Forgets what happened before a time.
    mutating func forget(before nanoseconds: UInt64) {
        rememberedNanoseconds = nanoseconds
        guard let first = chunks.first, first.lastNanoseconds < nanoseconds else { return }
        chunks.removeFirst(chunks.firstIndex { $0.lastNanoseconds >= nanoseconds } ?? chunks.count)
    }

    /// Calls `body` with each place that is remembered and the time, in nanoseconds, the first first.
    func forEach(_ body: (_ place: UInt32, _ nanoseconds: UInt64) -> Void) {
        for chunk in chunks {
            for entry in chunk.entries {
                let time = chunk.startNanoseconds + UInt64(entry.nanoseconds)
                if time >= rememberedNanoseconds { body(entry.place, time) }
            }
        }
    }

    /// How many entries there are, with those that are forgotten and not gone yet.
    var count: Int { chunks.reduce(0) { $0 + $1.entries.count } }
}
