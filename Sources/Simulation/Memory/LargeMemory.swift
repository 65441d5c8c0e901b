#if canImport(Glibc)
import Glibc
#endif

/// A block of memory that is freed with this object. A large block asks the system for large pages, which spare the processor
/// most of the work of finding addresses that are far apart: random access over a gigabyte takes about half the time.
public final class LargeMemory: @unchecked Sendable {
    /// Where the block begins: at a cache line, and at a large page if it is that long. The contents are undefined at first.
    public let base: UnsafeMutableRawPointer
    /// How long it is.
    public let byteCount: Int

    private static let largePageByteCount = 1 << 21

    /// Allocates a block.
    ///
    /// - Parameters:
    ///   - byteCount: Its length, at least 1.
    ///   - alignment: The block begins at a multiple of this power of two, at most that of a large page.
    public init(byteCount: Int, alignment: Int = 64) {
        precondition(byteCount > 0, "a block has a length")
        self.byteCount = byteCount
        let isLarge = byteCount >= Self.largePageByteCount
        base = .allocate(byteCount: byteCount, alignment: isLarge ? Self.largePageByteCount : alignment)
        #if canImport(Glibc)
        // Where the system has no large pages to give, the block has small ones: nothing else changes.
        if isLarge { _ = madvise(base, byteCount, MADV_HUGEPAGE) }
        #endif
    }

    deinit {
        base.deallocate()
    }
}
