/// The rows of a region that no file has yet, the newest of each key.
///
/// Rows lie in the order in which they came, so that a write appends and moves nothing, and are put in the order of their keys only when a file
/// is written or a range of keys is read. Until then they are found in three ways, each with one look at most often:
///
/// - The login of a user, which is all that most users have here, is in the user's cell of ``OwnerTable``.
/// - A message, of a mailbox or of a thread, is found by the chain of its partition key, which begins in such a cell with the last place.
/// - Any other row is found by its key, in ``RowIndex``.
///
/// The rows of a mailbox's message in the message index and in the recent contacts follow from its own row (``StoredRow/indexRow``,
/// ``StoredRow/contactRow``), and are not there otherwise: a message in a mailbox takes 44 bytes and two slots of eight, rather than
/// three rows.
struct Memstore: Sendable {
    private(set) var entries: ContiguousArray<MemstoreEntry> = []
    /// The number of entries, known here as well, so that the place of the next is known without a look at the array.
    private var entryCount = 0
    private(set) var owners = OwnerTable()
    private(set) var index = RowIndex()
    /// How many header rows of users have more than a login and a fence, and are entries for that.
    private var furtherHeaderCount = 0
    /// How many rows there are.
    private(set) var count = 0
    /// The bytes that they take on a disk.
    private(set) var sizeBytes: UInt64 = 0

    /// Whether there are none.
    var isEmpty: Bool { count == 0 }

    /// The bytes of memory that the rows take, with what is reserved for more.
    var memoryBytes: Int {
        entries.capacity * MemoryLayout<MemstoreEntry>.stride + owners.memoryBytes + index.memoryBytes
    }

    // MARK: Writing

    /// Puts a message into a mailbox, with its row in the message index.
    ///
    /// - Parameters:
    ///   - message: A row of the message table.
    ///   - isLatest: Whether it becomes the last message between the two in the recent contacts.
    /// - Complexity: O(1) on average, and O(k) if k messages of the mailbox have a later place.
    mutating func putMessage(_ message: StoredRow, isLatest: Bool) {
        let entry = putInOrder(message)
        putDerived(message.indexRow, RowIndex.Location(entry: entry, view: .index))
        if isLatest { putDerived(message.contactRow, RowIndex.Location(entry: entry, view: .contact)) }
    }

    /// Puts a row of any table.
    ///
    /// - Complexity: O(1) on average, but for messages as ``putMessage(_:isLatest:)``.
    mutating func put(_ row: StoredRow) {
        switch row.table {
        case .user where row.place == 0: putHeader(row)
        case .message, .groupMessage: _ = putInOrder(row)
        default: putFound(row)
        }
    }

    /// Puts the header row of a user.
    private mutating func putHeader(_ row: StoredRow) {
        let place = owners.placeMakingCell(of: row.partition, .mailbox)
        if furtherHeaderCount > 0, slot(of: row.key) != nil { return putFound(row) }
        if row.isLogin {
            count(row, instead: owners[place].login)
            owners[place].login = row
        } else {
            if let login = owners[place].login { uncount(login) }
            owners[place].login = nil
            furtherHeaderCount += 1
            putFound(row)
        }
    }

    /// Puts a row into the chain of its partition key, which is in the order of places.
    ///
    /// - Returns: The index of its entry.
    private mutating func putInOrder(_ row: StoredRow) -> Int {
        let owner = owners.placeMakingCell(of: row.partition, OwnerTable.Chain(of: row.table))
        var before: Int?
        var next = owners[owner].first
        while let index = next.index, entries[index].place > row.place {
            before = index
            next = entries[index].next
        }
        if let index = next.index, entries[index].place == row.place {
            let superseded = entries[index].row
            count(row, instead: superseded)
            // A write that was repeated changes nothing.
            if superseded == row { return index }
            entries[index].hide()
        } else {
            count(row, instead: nil)
        }
        let entry = append(row, before: next)
        if let before { entries[before].next = EntryLink(entry) } else { owners[owner].first = EntryLink(entry) }
        return entry
    }

    /// Puts a row that is found by its key.
    private mutating func putFound(_ row: StoredRow) {
        let slot = slot(of: row.key)
        if let slot {
            count(row, instead: self.row(at: index[slot]))
            if index[slot].view == .entry { return entries[index[slot].entry].replace(with: row) }
        } else {
            count(row, instead: nil)
        }
        let owner = owners.placeMakingCell(of: row.partition, OwnerTable.Chain(of: row.table))
        let location = RowIndex.Location(entry: append(row, before: owners[owner].first), view: .entry)
        owners[owner].first = EntryLink(location.entry)
        if let slot { index.replace(slot, with: location) } else { index.insert(location, hash: Self.hash(row.key)) }
    }

    /// Puts a row that follows from a message.
    private mutating func putDerived(_ row: StoredRow, _ location: RowIndex.Location) {
        guard let slot = slot(of: row.key) else {
            count(row, instead: nil)
            return index.insert(location, hash: Self.hash(row.key))
        }
        let superseded = index[slot]
        count(row, instead: self.row(at: superseded))
        if superseded.view == .entry { entries[superseded.entry].hide() }
        index.replace(slot, with: location)
    }

    private mutating func append(_ row: StoredRow, before next: EntryLink) -> Int {
        // By half rather than by doubling: there are many memstores, and few of them are full.
        if entries.count == entries.capacity { entries.reserveCapacity(max(4, entries.count + entries.count / 2)) }
        var entry = MemstoreEntry(row)
        entry.next = next
        entries.append(entry)
        entryCount += 1
        return entries.count - 1
    }

    private mutating func count(_ row: StoredRow, instead superseded: StoredRow?) {
        if let superseded { uncount(superseded) }
        count += 1
        sizeBytes += row.sizeBytes
    }

    private mutating func uncount(_ row: StoredRow) {
        count -= 1
        sizeBytes -= row.sizeBytes
    }

    // MARK: Finding

    /// The row with a key, deleted or not.
    ///
    /// - Complexity: O(1) on average, and O(k) for a message if k of its mailbox or thread have a later place.
    func row(at key: RowKey) -> StoredRow? {
        if key.table == .user, key.place == 0 {
            if let place = owners.place(of: key.partition, .mailbox), let login = owners[place].login { return login }
            guard furtherHeaderCount > 0 else { return nil }
        } else if key.table == .message || key.table == .groupMessage {
            guard let place = owners.place(of: key.partition, OwnerTable.Chain(of: key.table)) else { return nil }
            var next = owners[place].first
            while let index = next.index, entries[index].place >= key.place {
                if entries[index].place == key.place { return entries[index].row }
                next = entries[index].next
            }
            return nil
        }
        return slot(of: key).map { row(at: index[$0]) }
    }

    /// The row that an entry stands for.
    func row(at location: RowIndex.Location) -> StoredRow {
        let row = entries[location.entry].row
        switch location.view {
        case .entry: return row
        case .index: return row.indexRow
        case .contact: return row.contactRow
        }
    }

    /// The slot of a row that is found by its key.
    func slot(of key: RowKey) -> Int? {
        index.slot(of: Self.hash(key)) { row(at: $0).key == key }
    }

    /// Asks for the memory in which a user is searched, and in which the next row goes.
    func prefetch(_ user: UserID) {
        owners.prefetch(user)
        entries.withUnsafeBufferPointer { $0.prefetchArray(from: entryCount) }
    }

    /// Asks for the memory in which the rows are searched that follow from a message.
    func prefetchDerived(from message: StoredRow) {
        index.prefetch(Self.hash(message.indexRow.key))
        index.prefetch(Self.hash(message.contactRow.key))
    }

    private static func hash(_ key: RowKey) -> UInt64 { StableHash.hash(key.tableWord) }
}
