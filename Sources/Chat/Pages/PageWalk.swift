/// What a user wants to read of the past, page by page from the newest row to older ones.
public struct PageWish: Hashable, Sendable {
    /// Only the conversation with this user, if there is one.
    public let counterpart: UserID?
    /// How many rows a page has.
    public let size: UInt32
    /// How many pages; zero for all.
    public let pagesMax: UInt32
    /// Only what was received after this time, in nanoseconds; zero for all.
    public let sinceNanoseconds: UInt64
    /// How long the user looks at a page before asking for the next, in nanoseconds.
    public let pauseNanoseconds: UInt64

    /// Describes a wish.
    ///
    /// - Precondition: A page has 1 to ``PageRequest/sizeMax`` rows.
    public init(
        counterpart: UserID?, size: UInt32, pagesMax: UInt32, sinceNanoseconds: UInt64, pauseNanoseconds: UInt64
    ) {
        precondition((1...PageRequest.sizeMax).contains(size), "a page has 1 to \(PageRequest.sizeMax) rows")
        self.counterpart = counterpart
        self.size = size
        self.pagesMax = pagesMax
        self.sinceNanoseconds = sinceNanoseconds
        self.pauseNanoseconds = pauseNanoseconds
    }

    /// How many rows are wanted at most; the greatest number for all.
    var rowsMax: UInt32 {
        pagesMax == 0 ? .max : UInt32(clamping: UInt64(pagesMax) * UInt64(size))
    }
}

/// How far a device has got with what its user wants to read.
struct PageWalk: Hashable, Sendable {
    let wish: PageWish
    /// The number of the page that comes next, from zero.
    var page: UInt32 = 0
    /// The next page begins before this place; zero for the first.
    var before: UInt32 = 0
    /// The lowest place that has been fetched.
    var lowest: UInt32 = .max
    /// How often the page was asked for.
    var attempts: UInt32 = 0
}
