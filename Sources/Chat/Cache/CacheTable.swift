/// The entries of a cache server, by user. When it is full, the entry that was used least recently gives way.
///
/// - Complexity: O(1) on average for each operation.
struct CacheTable: Sendable {
    private struct Slot: Sendable {
        let user: UserID
        var entry: CacheEntry
        /// The slots of the entries that were used next before and after this one; −1 at the ends.
        var older: Int
        var newer: Int
    }

    private let countMax: Int
    private var slots: [Slot] = []
    private var slotOf: [UserID: Int] = [:]
    private var oldest = -1
    private var newest = -1

    /// An empty table with room for so many entries.
    init(countMax: Int) {
        self.countMax = countMax
    }

    /// How many entries there are.
    var count: Int { slots.count }
    /// The bytes that the entries take.
    var sizeBytes: UInt64 { slots.reduce(0) { $0 + $1.entry.sizeBytes } }

    /// The entry of a user; looking at it is no use of it.
    subscript(user: UserID) -> CacheEntry? { slotOf[user].map { slots[$0].entry } }

    /// The entry of a user, which is used now.
    mutating func use(_ user: UserID) -> CacheEntry? {
        guard let slot = slotOf[user] else { return nil }
        unlink(slot)
        linkAsNewest(slot)
        return slots[slot].entry
    }

    /// Changes the entry of a user, if there is one.
    mutating func update(_ user: UserID, _ change: (inout CacheEntry) -> Void) {
        guard let slot = slotOf[user] else { return }
        change(&slots[slot].entry)
    }

    /// Puts in an entry, which is used now, in place of the user's earlier one.
    ///
    /// - Returns: Whether the entry of another user gave way to it.
    mutating func insert(_ entry: CacheEntry, for user: UserID) -> Bool {
        if let slot = slotOf[user] {
            slots[slot].entry = entry
            unlink(slot)
            linkAsNewest(slot)
            return false
        }
        let isFull = slots.count == countMax
        if isFull { remove(slots[oldest].user) }
        slotOf[user] = slots.count
        slots.append(Slot(user: user, entry: entry, older: -1, newer: -1))
        linkAsNewest(slots.count - 1)
        return isFull
    }

    /// Forgets the entry of a user.
    mutating func remove(_ user: UserID) {
        guard let slot = slotOf.removeValue(forKey: user) else { return }
        unlink(slot)
        let last = slots.count - 1
        if slot != last {
            // The last slot moves into the gap.
            let (older, newer) = (slots[last].older, slots[last].newer)
            slots[slot] = slots[last]
            slotOf[slots[slot].user] = slot
            if older >= 0 { slots[older].newer = slot } else { oldest = slot }
            if newer >= 0 { slots[newer].older = slot } else { newest = slot }
        }
        slots.removeLast()
    }

    private mutating func unlink(_ slot: Int) {
        let (older, newer) = (slots[slot].older, slots[slot].newer)
        if older >= 0 { slots[older].newer = newer } else { oldest = newer }
        if newer >= 0 { slots[newer].older = older } else { newest = older }
    }

    private mutating func linkAsNewest(_ slot: Int) {
        slots[slot].older = newest
        slots[slot].newer = -1
        if newest >= 0 { slots[newest].newer = slot } else { oldest = slot }
        newest = slot
    }
}
