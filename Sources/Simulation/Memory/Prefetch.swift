public import CProcessor

/// Asks for cache lines ahead of their use.
public enum Prefetch {
    /// Asks the processor to fetch the cache line that an address is in. The address need not be valid.
    @inlinable @inline(__always)
    public static func line<T>(of address: UnsafePointer<T>) {
        confab_prefetch(address)
    }

    /// Asks the processor to fetch all cache lines of a value.
    @inlinable @inline(__always)
    public static func value<T>(at address: UnsafePointer<T>) {
        bytes(MemoryLayout<T>.size, from: address)
    }

    /// Asks the processor to fetch the cache lines of so many bytes.
    @inlinable @inline(__always)
    public static func bytes(_ byteCount: Int, from address: UnsafeRawPointer) {
        let end = address + byteCount
        var line = UnsafeRawPointer(bitPattern: UInt(bitPattern: address) & ~63) ?? address
        while line < end {
            confab_prefetch(line)
            line += 64
        }
    }
}
