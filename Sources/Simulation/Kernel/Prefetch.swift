public import CPrefetch

/// Asks for cache lines ahead of their use.
public enum Prefetch {
    /// Asks the processor to fetch the cache line that an address is in. The address need not be valid.
    @inlinable @inline(__always)
    public static func line<T>(of address: UnsafePointer<T>) {
        confab_prefetch(address)
    }
}
