/// An array of plain values whose length is fixed, over memory with large pages where it is long: what a model keeps of each of
/// millions of processes.
///
/// It has reference semantics and no uniqueness checks. A model that holds one must not be copied and then changed.
public final class LargeArray<Element: BitwiseCopyable>: @unchecked Sendable {
    /// The number of elements.
    public let count: Int
    @usableFromInline let base: UnsafeMutablePointer<Element>
    private let memory: LargeMemory

    /// An array whose elements are all the same.
    public init(repeating element: Element, count: Int) {
        self.count = count
        memory = LargeMemory(byteCount: max(1, count * MemoryLayout<Element>.stride))
        base = memory.base.bindMemory(to: Element.self, capacity: count)
        base.initialize(repeating: element, count: count)
    }

    /// The element at a place.
    ///
    /// - Precondition: The place is in the array.
    @inlinable
    public subscript(_ index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "a place outside of the array")
            return base[index]
        }
        set {
            precondition(index >= 0 && index < count, "a place outside of the array")
            base[index] = newValue
        }
    }

    /// Asks for the cache line of an element that will be used soon. Any place will do.
    @inlinable @inline(__always)
    public func prefetch(_ index: Int) {
        Prefetch.line(of: base + index)
    }
}
