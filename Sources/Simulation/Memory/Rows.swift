/// A list of values that are changed where they lie, such as the components of a partition.
///
/// It has reference semantics: a copy is the same list. Unlike an `Array`, it is not asked with each change whether anyone else has it. A model
/// that holds one must not be copied and then changed.
@frozen
public struct Rows<Element>: RandomAccessCollection {
    /// Owns the memory.
    @usableFromInline
    final class Owner {
        var base: UnsafeMutablePointer<Element>
        var count = 0
        var capacity: Int

        init(capacity: Int) {
            self.capacity = capacity
            base = .allocate(capacity: capacity)
        }

        func append(_ element: consuming Element) {
            if count == capacity {
                let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
                larger.moveInitialize(from: base, count: count)
                base.deallocate()
                base = larger
                capacity *= 2
            }
            (base + count).initialize(to: element)
            count += 1
        }

        deinit {
            base.deinitialize(count: count)
            base.deallocate()
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
