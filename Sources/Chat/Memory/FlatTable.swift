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

    @usableFromInline var valueCount: UInt32 = 0
    /// The number of cells, known here as well, so that a search begins without a look at the array.
    @usableFromInline var cellCount: UInt32 = 0

    @inlinable static var cellCountMin: Int { 8 }

    /// An empty table, which takes no memory.
    @inlinable
    public init() {}

    /// How many values there are.
    @inlinable
    public var count: Int { Int(valueCount) }

    /// Whether there are no values.
    @inlinable
    public var isEmpty: Bool { valueCount == 0 }

    /// Whether a key has a value.
    @inlinable
    public func contains(_ key: Key) -> Bool { place(of: key) != nil }

    /// The value of a key. On hot paths ``update(_:_:)`` is better to change a part of it: what changes a part through a subscript is a
    /// coroutine, whose frame is allocated.
    @inlinable
    public subscript(key: Key) -> Value? {
        get {
            guard let place = place(of: key) else { return nil }
            return cells[place].value
        }
        set {
            if let value = newValue {
                insertOrReplace(value, for: key)
            } else {
                _ = removeValue(forKey: key)
            }
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

    /// Changes the value of a key where it lies, if it has one.
    ///
    /// - Returns: What `change` returns.
    @inlinable @inline(__always)
    @discardableResult
    public mutating func update<Result>(_ key: Key, _ change: (inout Value) -> Result) -> Result? {
        guard let place = place(of: key) else { return nil }
        return update(at: place, change)
    }

    /// Changes the value of a key where it lies, or another one that it has from then on.
    ///
    /// - Returns: What `change` returns.
    @inlinable @inline(__always)
    @discardableResult
    public mutating func update<Result>(
        _ key: Key, default other: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> Result {
        update(at: place(of: key) ?? insert(other(), for: key), change)
    }

    /// Gives a key a value.
    @inlinable
    public mutating func insertOrReplace(_ value: consuming Value, for key: Key) {
        if let place = place(of: key) {
            cells[place].value = value
        } else {
            insert(value, for: key)
        }
    }

    /// Changes the value of an occupied cell.
    @inlinable @inline(__always)
    mutating func update<Result>(at place: Int, _ change: (inout Value) -> Result) -> Result {
        cells.withUnsafeMutableBufferPointer { cells in
            guard let base = cells.baseAddress else { preconditionFailure("an occupied cell is in a table") }
            let value = UnsafeMutableRawPointer(base + place) + Self.valueOffset
            return change(&value.assumingMemoryBound(to: Value.self).pointee)
        }
    }

    /// Where the value of an occupied cell lies: behind the key, where its alignment lets it, and at the beginning of the optional one.
    @inlinable static var valueOffset: Int {
        let alignment = MemoryLayout<Value>.alignment
        return (MemoryLayout<Key>.size + alignment - 1) / alignment * alignment
    }

    /// Calls `body` with the address of a key's value, for whoever reads a part of a large one: to read it through the subscript may copy it.
    @inlinable @inline(__always)
    public func withAddress<Result>(of key: Key, _ body: (UnsafePointer<Value>) -> Result) -> Result? {
        guard let place = place(of: key) else { return nil }
        return cells.withUnsafeBufferPointer { cells in
            guard let base = cells.baseAddress else { return nil }
            return body((UnsafeRawPointer(base + place) + Self.valueOffset).assumingMemoryBound(to: Value.self))
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
        var old = cells
        guard let first = old.first else { return }
        cells = ContiguousArray(repeating: Cell(key: first.key, value: nil), count: old.count)
        valueCount = 0
        for place in old.indices {
            guard let value = old[place].value.take(), !isUnwanted(value) else { continue }
            insert(value, for: old[place].key)
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

    /// Asks for the memory at which a search for a key begins.
    @inlinable @inline(__always)
    public func prefetch(_ key: Key) {
        guard cellCount > 0 else { return }
        let home = home(of: key)
        cells.withUnsafeBufferPointer { $0.prefetchArray(from: home) }
    }

    /// Asks for the memory of a table that has a few cells only.
    @inlinable
    public func prefetch() {
        let byteCount = Int(min(cellCount, 16)) * MemoryLayout<Cell>.stride
        cells.withUnsafeBufferPointer { $0.prefetchArray(byteCount: byteCount) }
    }

    @inlinable @inline(__always)
    func home(of key: Key) -> Int { Self.home(of: key, mask: mask) }

    @inlinable @inline(__always)
    static func home(of key: Key, mask: Int) -> Int {
        Int(truncatingIfNeeded: StableHash.hash(key.tableWord) >> 32) & mask
    }

    /// The places from zero to this go round.
    @inlinable @inline(__always) var mask: Int { Int(cellCount) &- 1 }

    @inlinable
    func place(of key: Key) -> Int? {
        guard valueCount > 0 else { return nil }
        let (home, mask) = (home(of: key), mask)
        return cells.withUnsafeBufferPointer { cells in
            guard let base = cells.baseAddress else { return nil }
            var place = home
            while base[place].value != nil {
                if base[place].key == key { return place }
                place = (place &+ 1) & mask
            }
            return nil
        }
    }

    /// Inserts the value of a key that has none.
    ///
    /// - Returns: Its place.
    @inlinable
    @discardableResult
    public mutating func insert(_ value: consuming Value, for key: Key) -> Int {
        if (UInt64(valueCount) + 1) * 4 > UInt64(cellCount) * 3 { grow(key) }
        valueCount += 1
        let (home, mask) = (home(of: key), mask)
        var inserted: Value? = value
        return cells.withUnsafeMutableBufferPointer { cells in
            let place = Self.emptyPlace(from: home, mask: mask, in: UnsafeBufferPointer(cells))
            // An empty cell holds nothing that would have to go first.
            cells.initializeElement(at: place, to: Cell(key: key, value: inserted.take()))
            return place
        }
    }

    @inlinable
    static func emptyPlace(from home: Int, mask: Int, in cells: UnsafeBufferPointer<Cell>) -> Int {
        var place = home
        while cells[place].value != nil { place = (place &+ 1) & mask }
        return place
    }

    @inlinable
    mutating func grow(_ key: Key) {
        var old = cells
        cellCount = max(UInt32(Self.cellCountMin), cellCount * 2)
        cells = ContiguousArray(repeating: Cell(key: key, value: nil), count: Int(cellCount))
        valueCount = 0
        for place in old.indices {
            if let value = old[place].value.take() { insert(value, for: old[place].key) }
        }
    }

    /// A cell has become empty: cells behind it move up, unless they would come before where their search begins (Knuth, The Art of Computer
    /// Programming, volume 3, section 6.4, algorithm R).
    @inlinable
    mutating func close(_ emptied: Int) {
        valueCount -= 1
        let mask = mask
        cells.withUnsafeMutableBufferPointer { cells in
            guard let base = cells.baseAddress else { return }
            var hole = emptied
            var place = (hole &+ 1) & mask
            while base[place].value != nil {
                let key = base[place].key
                let home = Self.home(of: key, mask: mask)
                if (place &- home) & mask >= (place &- hole) & mask {
                    // The cell at the hole holds nothing that would have to go first.
                    (base + hole).moveInitialize(from: base + place, count: 1)
                    (base + place).initialize(to: Cell(key: key, value: nil))
                    hole = place
                }
                place = (place &+ 1) & mask
            }
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
