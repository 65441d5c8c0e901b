import Chat

/// What a user wants to read, as the payload of an event.
extension PageWish {
    private static let hasCounterpart: UInt64 = 1 << 63

    /// The wish in four words.
    var words: (UInt64, UInt64, UInt64, UInt64) {
        (
            counterpart.map { UInt64($0.rawValue) | Self.hasCounterpart } ?? 0,
            UInt64(pagesMax) << 32 | UInt64(size), sinceNanoseconds, pauseNanoseconds
        )
    }

    /// Restores a wish from its words.
    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.init(
            counterpart: words.0 & Self.hasCounterpart != 0 ? UserID(UInt32(truncatingIfNeeded: words.0)) : nil,
            size: UInt32(truncatingIfNeeded: words.1), pagesMax: UInt32(truncatingIfNeeded: words.1 >> 32),
            sinceNanoseconds: words.2, pauseNanoseconds: words.3)
    }
}
