public import CProcessor

extension UnsafeBufferPointer {
    /// An array's own words, with its length, lie before its elements.
    @inlinable public static var arrayHeaderByteCount: Int { 32 }

    /// Asks for the memory of an array whose elements these are: its own words, and so many bytes from an element on. Nothing is read.
    @inlinable @inline(__always)
    public func prefetchArray(from place: Int = 0, byteCount: Int = 1) {
        guard let base = baseAddress else { return }
        confab_prefetch(UnsafeRawPointer(base) - Self.arrayHeaderByteCount)
        let start = UnsafeRawPointer(base + place)
        for offset in stride(from: 0, to: byteCount, by: 64) { confab_prefetch(start + offset) }
    }
}
