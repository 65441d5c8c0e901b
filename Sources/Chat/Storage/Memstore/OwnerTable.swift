/// Who has rows in a memstore: for each partition key its last login and the beginnings of the chains of its rows. A user who has logged in
/// and done nothing else takes a cell of 20 bytes.
///
/// It is one flat array, found by the hash of the partition key and linear probing (Knuth, The Art of Computer Programming, volume 3, section
/// 6.4). Nothing is ever removed.
struct OwnerTable: Sendable {
    /// The rows of a partition key that are chained together.
    enum Chain: UInt32, Sendable {
        /// Those of a mailbox, from the last place to the first. Its cell has the login of the user as well.
        case mailbox
        /// The messages of a thread, from the last place to the first.
        case threadMessages
        /// The other rows of a thread, in the reverse order in which they were put.
        case thread
        /// The other rows of a user, likewise.
        case user

        /// The chain of a table.
        init(of table: StorageTable) {
            switch table {
            case .message: self = .mailbox
            case .groupMessage: self = .threadMessages
            case .thread: self = .thread
            case .user, .messageIndex, .recentContacts: self = .user
            }
        }
    }

    /// One partition key with one chain.
    struct Cell: Sendable {
        static let empty = Cell(partition: 0, bits: 0)
        private static let usedBit: UInt32 = 1
        private static let loginBit: UInt32 = 2

        /// The partition key.
        let partition: UInt32
        /// Whether the cell is used, and has a login; two bits for the chain; the link to its first entry.
        private var bits: UInt32
        private var fence: UInt32 = 0
        private var loginLow: UInt32 = 0
        private var loginHigh: UInt32 = 0

        fileprivate init(_ partition: UInt32, _ chain: Chain) {
            self.init(partition: partition, bits: chain.rawValue << 2 | Self.usedBit)
        }

        private init(partition: UInt32, bits: UInt32) {
            self.partition = partition
            self.bits = bits
        }

        var isUsed: Bool { bits & Self.usedBit != 0 }

        /// The first entry of the chain.
        var first: EntryLink {
            get { EntryLink(rawValue: bits >> (32 - EntryLink.bitCount)) }
            set {
                bits = bits & (1 << (32 - EntryLink.bitCount) - 1) | newValue.rawValue << (32 - EntryLink.bitCount)
            }
        }

        /// The header row of the user, if it has nothing but a login and a fence.
        var login: StoredRow? {
            get {
                guard bits & Self.loginBit != 0 else { return nil }
                return StoredRow(
                    RowKey(.user, partition: partition, place: 0), first: UInt64(loginHigh) << 32 | UInt64(loginLow),
                    number: fence)
            }
            set {
                bits = newValue == nil ? bits & ~Self.loginBit : bits | Self.loginBit
                fence = newValue?.number ?? 0
                loginLow = UInt32(truncatingIfNeeded: newValue?.first ?? 0)
                loginHigh = UInt32(truncatingIfNeeded: (newValue?.first ?? 0) >> 32)
            }
        }

        fileprivate var chain: Chain {
            guard let chain = Chain(rawValue: bits >> 2 & 3) else { preconditionFailure("two bits name a chain") }
            return chain
        }

        fileprivate func has(_ partition: UInt32, _ chain: Chain) -> Bool {
            self.partition == partition && bits >> 2 & 3 == chain.rawValue
        }
    }

    /// The cells, some of them empty.
    private(set) var cells: ContiguousArray<Cell> = []
    private var count = 0
    /// The number of cells, known here as well, so that a search begins without a look at the array.
    private var cellCount = 0

    /// The bytes of memory that it takes.
    var memoryBytes: Int { cells.capacity * MemoryLayout<Cell>.stride }

    subscript(place: Int) -> Cell {
        get { cells[place] }
        _modify { yield &cells[place] }
    }

    /// The place of a partition key's cell; nothing if it has none.
    func place(of partition: UInt32, _ chain: Chain) -> Int? {
        guard count > 0 else { return nil }
        return cells.withUnsafeBufferPointer { cells in
            var place = Self.home(of: partition, chain, cellCount: cellCount)
            while cells[place].isUsed {
                if cells[place].has(partition, chain) { return place }
                place = place + 1 == cellCount ? 0 : place + 1
            }
            return nil
        }
    }

    /// The place of a partition key's cell, which it gets if it has none.
    mutating func placeMakingCell(of partition: UInt32, _ chain: Chain) -> Int {
        if let place = place(of: partition, chain) { return place }
        // Four of five cells are in use at most.
        if (count + 1) * 5 > cellCount * 4 { grow() }
        count += 1
        return insert(Cell(partition, chain), chain)
    }

    /// Asks for the memory in which a search for a user begins.
    func prefetch(_ user: UserID) {
        guard count > 0 else { return }
        let home = Self.home(of: user.rawValue, .mailbox, cellCount: cellCount)
        cells.withUnsafeBufferPointer { $0.prefetchArray(from: home) }
    }

    private mutating func insert(_ cell: Cell, _ chain: Chain) -> Int {
        var place = Self.home(of: cell.partition, chain, cellCount: cellCount)
        while cells[place].isUsed { place = place + 1 == cellCount ? 0 : place + 1 }
        cells[place] = cell
        return place
    }

    /// By a quarter, so that where users only log in a cell takes 25 to 31 bytes with its share of the empty ones.
    private mutating func grow() {
        let old = cells
        cellCount = max(5, old.count * 5 / 4 + 1)
        cells = ContiguousArray(repeating: .empty, count: cellCount)
        for cell in old where cell.isUsed { _ = insert(cell, cell.chain) }
    }

    private static func home(of partition: UInt32, _ chain: Chain, cellCount: Int) -> Int {
        // Its own salt, since all partition keys of a region have the same hash as far as the placement looks at it.
        let hash = StableHash.hash(UInt64(chain.rawValue) << 32 | UInt64(partition), salt: 0x6f77_6e65)
        return Int(StableHash.reduce(hash, below: UInt32(cellCount)))
    }
}
