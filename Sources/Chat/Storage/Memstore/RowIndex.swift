/// Where the rows of a memstore are that are found by their key: eight bytes for each, with half of the key's hash, so that a key that is not
/// there is told without a look at an entry.
///
/// It is one flat array with linear probing. Nothing is ever removed.
struct RowIndex: Sendable {
    /// Which row an entry stands for: itself, or one that follows from the message that it has.
    enum View: UInt64, Sendable {
        case entry
        /// Its row in the message index.
        case index
        /// Its row in the recent contacts.
        case contact
    }

    /// A row: an entry, and how to look at it.
    struct Location: Hashable, Sendable {
        let entry: Int
        let view: View
    }

    /// Upper half of the hash, one more than the entry in thirty bits, view in two; zero in an empty slot.
    private var slots: ContiguousArray<UInt64> = []
    private var count = 0
    /// The number of slots, known here as well, so that a search begins without a look at the array.
    private var slotCount = 0

    /// The bytes of memory that it takes.
    var memoryBytes: Int { slots.capacity * MemoryLayout<UInt64>.stride }

    /// The slot of the row with a hash that a condition holds for.
    func slot(of hash: UInt64, where isWanted: (Location) -> Bool) -> Int? {
        guard count > 0 else { return nil }
        return slots.withUnsafeBufferPointer { slots in
            var slot = Self.home(of: hash, slotCount: slotCount)
            while slots[slot] != 0 {
                if (slots[slot] ^ hash) >> 32 == 0, isWanted(Self.location(slots[slot])) { return slot }
                slot = (slot &+ 1) & (slotCount &- 1)
            }
            return nil
        }
    }

    /// Asks for the memory in which the search for a row with a hash begins.
    func prefetch(_ hash: UInt64) {
        guard count > 0 else { return }
        let home = Self.home(of: hash, slotCount: slotCount)
        slots.withUnsafeBufferPointer { $0.prefetchArray(from: home) }
    }

    /// What a slot has.
    subscript(slot: Int) -> Location { Self.location(slots[slot]) }

    /// Lets a slot have another row with the same key.
    mutating func replace(_ slot: Int, with location: Location) {
        slots[slot] = Self.word(slots[slot], location)
    }

    /// Inserts a row whose key is not there.
    mutating func insert(_ location: Location, hash: UInt64) {
        if (count + 1) * 4 > slotCount * 3 { grow() }
        count += 1
        insert(Self.word(hash, location))
    }

    /// Calls `body` with each row that follows from a message, in no order that means anything.
    func forEachDerived(_ body: (Location) -> Void) {
        for word in slots where word != 0 && word & 3 != View.entry.rawValue { body(Self.location(word)) }
    }

    private mutating func insert(_ word: UInt64) {
        var slot = Self.home(of: word, slotCount: slotCount)
        while slots[slot] != 0 { slot = (slot &+ 1) & (slotCount &- 1) }
        slots[slot] = word
    }

    private mutating func grow() {
        let old = slots
        slotCount = max(8, old.count * 2)
        slots = ContiguousArray(repeating: 0, count: slotCount)
        for word in old where word != 0 { insert(word) }
    }

    /// The upper half of a hash, which the slot keeps, says where a search begins.
    private static func home(of hash: UInt64, slotCount: Int) -> Int {
        Int(truncatingIfNeeded: hash >> 32) & (slotCount &- 1)
    }

    private static func word(_ hash: UInt64, _ location: Location) -> UInt64 {
        hash & 0xffff_ffff_0000_0000 | UInt64(location.entry + 1) << 2 | location.view.rawValue
    }

    private static func location(_ word: UInt64) -> Location {
        guard let view = View(rawValue: word & 3) else { preconditionFailure("a slot has one of three views") }
        return Location(entry: Int(word >> 2 & 0x3fff_ffff) - 1, view: view)
    }
}
