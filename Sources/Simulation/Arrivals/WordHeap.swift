/// Words of which the least is at hand: a heap with four children a node, in one array (Knuth, The Art of Computer Programming, volume 3, section
/// 5.2.3; Johnson 1975 for more than two children).
public struct WordHeap: Sendable {
    private static let childCount = 4

    private var words: [UInt64]

    /// A heap of some words.
    ///
    /// - Complexity: O(words).
    public init(_ words: [UInt64] = []) {
        self.words = words
        guard words.count > 1 else { return }
        for place in (0...(words.count - 1) / Self.childCount).reversed() { sink(from: place) }
    }

    /// The least word; nothing if there is none.
    public var first: UInt64? { words.first }

    /// How many words there are.
    public var count: Int { words.count }

    /// What the words take, in bytes.
    public var bytes: Int { words.capacity * MemoryLayout<UInt64>.stride }

    /// Makes room for so many words more.
    public mutating func reserve(_ more: Int) { words.reserveCapacity(words.count + more) }

    /// Puts a word in.
    ///
    /// - Complexity: O(log words).
    public mutating func insert(_ word: UInt64) {
        words.append(word)
        var place = words.count - 1
        while place > 0 {
            let parent = (place - 1) / Self.childCount
            guard word < words[parent] else { break }
            words[place] = words[parent]
            place = parent
        }
        words[place] = word
    }

    /// Takes the least word out; nothing if there is none. The memory goes with the last one.
    ///
    /// - Complexity: O(log words).
    public mutating func removeFirst() -> UInt64? {
        guard let first = words.first, let last = words.popLast() else { return nil }
        if words.isEmpty {
            words = []
        } else {
            replaceFirst(by: last)
        }
        return first
    }

    /// Puts a word in place of the least.
    ///
    /// - Precondition: There is one.
    /// - Complexity: O(log words).
    public mutating func replaceFirst(by word: UInt64) {
        words[0] = word
        sink(from: 0)
    }

    /// Moves a word that may be too high up down to where it belongs.
    private mutating func sink(from start: Int) {
        let word = words[start]
        var place = start
        while true {
            let firstChild = place * Self.childCount + 1
            guard firstChild < words.count else { break }
            var least = firstChild
            for child in firstChild + 1..<max(firstChild + 1, min(firstChild + Self.childCount, words.count))
            where words[child] < words[least] {
                least = child
            }
            guard words[least] < word else { break }
            words[place] = words[least]
            place = least
        }
        words[place] = word
    }
}
