/// A list of values that are changed where they lie, such as the components of a partition.
///
/// It has reference semantics: a copy is the same list. Unlike an `Array`, it is not asked with each change whether anyone else has it. A model
/// that holds one must not be copied and then changed.
@frozen
public struct Rows<Element>: RandomAccessCollection {
    /// Owns the memory.
    @usableFromInline
    final class Owner {
        private var memory: LargeMemory
        var base: UnsafeMutablePointer<Element>
        var count = 0
        private var capacity: Int

        init(capacity: Int) {
            self.capacity = capacity
            memory = Self.memory(for: capacity)
            base = memory.base.bindMemory(to: Element.self, capacity: capacity)
        }

        func append(_ element: consuming Element) {
            if count == capacity {
                capacity *= 2
                let larger = Self.memory(for: capacity)
                let newBase = larger.base.bindMemory(to: Element.self, capacity: capacity)
                newBase.moveInitialize(from: base, count: count)
                (memory, base) = (larger, newBase)
            }
            (base + count).initialize(to: element)
            count += 1
        }

        private static func memory(for count: Int) -> LargeMemory {
            LargeMemory(
                byteCount: Swift.max(1, count * MemoryLayout<Element>.stride),
                alignment: Swift.max(64, MemoryLayout<Element>.alignment))
        }

        deinit {
            base.deinitialize(count: count)
        }
    }

    @usableFromInline let owner: Owner
    /// Where the first value is.
    public private(set) var base: UnsafeMutablePointer<Element>
    /// How many values there are.
    public private(set) var count = 0

    /// An empty list.
    public init() {
        owner = Owner(capacity: 4)
        base = owner.base
    }

    /// The place of the first value.
    @inlinable public var startIndex: Int { 0 }

    /// The place behind the last value.
    @inlinable public var endIndex: Int { count }

    /// The value at a place.
    ///
    /// - Precondition: There is one.
    public subscript(index: Int) -> Element {
        @inlinable @inline(__always)
        unsafeAddress {
            precondition(index >= 0 && index < count, "a place outside of the list")
            return UnsafePointer(base + index)
        }
        @inlinable @inline(__always)
        nonmutating unsafeMutableAddress {
            precondition(index >= 0 && index < count, "a place outside of the list")
            return base + index
        }
    }

    /// Adds a value behind the last.
    ///
    /// - Complexity: O(1) amortised.
    /// - Precondition: No copy of the list has grown since this one was made.
    public mutating func append(_ element: consuming Element) {
        precondition(count == owner.count, "a copy of the list has grown")
        owner.append(element)
        base = owner.base
        count = owner.count
    }
}
