public import CProcessor

/// What a ``FlatTable`` finds values by.
public protocol FlatKey: Hashable, Sendable {
    /// A word that is different for different keys, as far as there is room in a word.
    var tableWord: UInt64 { get }
}

/// A table of values by key, in one flat array: a dictionary for the hot paths of large worlds.
///
/// A value is found by ``StableHash`` and linear probing, and lies beside its key, so that a search touches two cache lines most often. The
/// order of the cells is the same in every run, unlike that of `Dictionary`, but it depends on how the table has grown: what is to come out
/// in order must be sorted.
///
/// - Complexity: O(1) on average to look up, to insert and to remove.
@frozen
public struct FlatTable<Key: FlatKey, Value> {
    /// A place of the table.
    @frozen
    @usableFromInline
    struct Cell {
        @usableFromInline let key: Key
        /// Nothing in an empty cell.
        @usableFromInline var value: Value?

        @inlinable
        init(key: Key, value: Value?) {
            self.key = key
            self.value = value
        }
    }

    /// The cells, a power of two of them; none while nothing was ever inserted.
    @usableFromInline var cells: ContiguousArray<Cell> = []

    @usableFromInline var valueCount = 0

    @inlinable static var cellCountMin: Int { 8 }
    /// An array's own words, with its length, lie before its elements.
    @inlinable static var arrayHeaderByteCount: Int { 32 }

    /// An empty table, which takes no memory.
    @inlinable
    public init() {}

    /// How many values there are.
    @inlinable
    public var count: Int { valueCount }

    /// Whether there are no values.
    @inlinable
    public var isEmpty: Bool { valueCount == 0 }

    /// The value of a key.
    @inlinable
    public subscript(key: Key) -> Value? {
        get {
            guard let place = place(of: key) else { return nil }
            return cells[place].value
        }
        _modify {
            if let place = place(of: key) {
                yield &cells[place].value
                if cells[place].value == nil { close(place) }
            } else {
                var value: Value?
                yield &value
                if let value { insert(value, for: key) }
            }
        }
    }

    /// The value of a key, or another one if there is none.
    @inlinable
    public subscript(key: Key, default other: @autoclosure () -> Value) -> Value {
        get { self[key] ?? other() }
        _modify {
            if place(of: key) == nil { insert(other(), for: key) }
            guard let place = place(of: key), var value = cells[place].value.take() else {
                preconditionFailure("the key has a value")
            }
            defer { cells[place].value = value }
            yield &value
        }
    }

    /// Takes the value of a key out.
    @inlinable
    public mutating func removeValue(forKey key: Key) -> Value? {
        guard let place = place(of: key) else { return nil }
        let value = cells[place].value.take()
        close(place)
        return value
    }

    /// Forgets all values.
    @inlinable
    public mutating func removeAll() {
        self = FlatTable()
    }

    /// Removes the values that a condition holds for.
    ///
    /// - Complexity: O(cells).
    @inlinable
    public mutating func removeAll(where isUnwanted: (Value) -> Bool) {
        let old = cells
        guard let first = old.first else { return }
        cells = ContiguousArray(repeating: Cell(key: first.key, value: nil), count: old.count)
        valueCount = 0
        for cell in old {
            guard let value = cell.value, !isUnwanted(value) else { continue }
            insert(value, for: cell.key)
        }
    }

    /// The keys, in the order of the cells.
    @inlinable
    public var keys: [Key] { cells.compactMap { $0.value == nil ? nil : $0.key } }

    /// The values, in the order of the cells.
    @inlinable
    public var values: [Value] { cells.compactMap(\.value) }

    /// The keys with their values, in the order of the cells.
    @inlinable
    public var pairs: [(key: Key, value: Value)] { cells.compactMap { cell in cell.value.map { (cell.key, $0) } } }

    /// Calls `body` with the addresses at which a search for a key begins, for whoever wants to ask for them ahead. Nothing is read from
    /// there.
    @inlinable @inline(__always)
    public func withAddresses(of key: Key, _ body: (UnsafeRawPointer) -> Void) {
        guard count > 0 else { return }
        cells.withUnsafeBufferPointer { cells in
            guard let base = cells.baseAddress else { return }
            body(UnsafeRawPointer(base) - Self.arrayHeaderByteCount)
            body(UnsafeRawPointer(base + home(of: key, cellCount: cells.count)))
        }
    }

    /// Asks for the memory of a table that has a few cells only.
    @inlinable
    public func prefetch() {
        cells.withUnsafeBufferPointer { cells in
            guard let base = cells.baseAddress else { return }
            let start = UnsafeRawPointer(base) - Self.arrayHeaderByteCount
            let byteCount = Self.arrayHeaderByteCount + min(cells.count, 16) * MemoryLayout<Cell>.stride
            for offset in stride(from: 0, to: byteCount, by: 64) { confab_prefetch(start + offset) }
        }
    }

    @inlinable @inline(__always)
    func home(of key: Key, cellCount: Int) -> Int {
        Int(truncatingIfNeeded: StableHash.hash(key.tableWord) >> 32) & (cellCount &- 1)
    }

    @inlinable
    func place(of key: Key) -> Int? {
        guard count > 0 else { return nil }
        return cells.withUnsafeBufferPointer { cells in
            var place = home(of: key, cellCount: cells.count)
            while cells[place].value != nil {
                if cells[place].key == key { return place }
                place = (place &+ 1) & (cells.count &- 1)
            }
            return nil
        }
    }

    /// Inserts the value of a key that has none.
    @inlinable
    mutating func insert(_ value: Value, for key: Key) {
        if (count + 1) * 4 > cells.count * 3 { grow(key) }
        var place = home(of: key, cellCount: cells.count)
        while cells[place].value != nil { place = (place &+ 1) & (cells.count &- 1) }
        cells[place] = Cell(key: key, value: value)
        valueCount += 1
    }

    @inlinable
    mutating func grow(_ key: Key) {
        let old = cells
        cells = ContiguousArray(
            repeating: Cell(key: key, value: nil), count: max(Self.cellCountMin, old.count * 2))
        valueCount = 0
        for cell in old {
            if let value = cell.value { insert(value, for: cell.key) }
        }
    }

    /// A cell has become empty: cells behind it move up, unless they would come before where their search begins (Knuth, The Art of Computer
    /// Programming, volume 3, section 6.4, algorithm R).
    @inlinable
    mutating func close(_ emptied: Int) {
        valueCount -= 1
        let mask = cells.count &- 1
        var hole = emptied
        var place = (hole &+ 1) & mask
        while cells[place].value != nil {
            let home = home(of: cells[place].key, cellCount: cells.count)
            if (place &- home) & mask >= (place &- hole) & mask {
                cells.swapAt(hole, place)
                hole = place
            }
            place = (place &+ 1) & mask
        }
    }
}

extension FlatTable: Sendable where Value: Sendable {}
extension FlatTable.Cell: Sendable where Value: Sendable {}

extension FlatTable: ExpressibleByDictionaryLiteral {
    /// A table with values, of which each has another key.
    @inlinable
    public init(dictionaryLiteral elements: (Key, Value)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }
}

extension UserID: FlatKey {
    /// The number.
    @inlinable public var tableWord: UInt64 { UInt64(rawValue) }
}

extension MessageID: FlatKey {
    /// The identifier's bits.
    @inlinable public var tableWord: UInt64 { rawValue }
}

extension DeviceID: FlatKey {
    /// Index and user.
    @inlinable public var tableWord: UInt64 { UInt64(index) << 32 | UInt64(user.rawValue) }
}

extension UInt32: FlatKey {
    /// The number itself.
    @inlinable public var tableWord: UInt64 { UInt64(self) }
}

extension RowKey: FlatKey {
    /// Table, partition key and place, mixed.
    @inlinable public var tableWord: UInt64 {
        (UInt64(table.rawValue) << 32 | UInt64(partition)) ^ place &* 0x9e37_79b9_7f4a_7c15
    }
}
