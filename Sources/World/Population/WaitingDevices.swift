import Simulation

/// When devices of a block are to be told something, in eight bytes each, of which only the first need be an event: that the time is over for
/// which a device at rest waited before it connects again, or that its connection is gone.
///
/// A word is a time in the upper 49 bits, in steps of 16 ns, which is enough for a hundred days; then what the device is told, one bit, and
/// its number, 14 bits.
struct WaitingDevices {
    /// What a device is told.
    enum News: UInt64 {
        /// Its connection is gone.
        case connectionGone = 0
        /// It has waited long enough.
        case waitOver = 1
    }

    private var heap = WordHeap()
    /// When the next event is that tells devices something, if one is under way.
    private(set) var nextEventNanoseconds: UInt64?

    /// What the times take, in bytes.
    var bytes: Int { heap.bytes }

    /// Makes room for so many more.
    mutating func reserve(_ more: Int) { heap.reserve(more) }

    /// A device is to be told something at a time, in nanoseconds, which is rounded up to the next step; never if that is so far that it has no word.
    mutating func insert(_ port: Int, _ news: News, atNanoseconds time: UInt64) {
        precondition(port < 1 << Self.portBits, "a block has at most \(1 << Self.portBits) devices")
        let step = (time + Self.stepNanoseconds - 1) / Self.stepNanoseconds
        guard step < 1 << Self.stepBits else { return }
        heap.insert(step << (Self.portBits + 1) | news.rawValue << Self.portBits | UInt64(port))
    }

    /// When an event must be scheduled so that the first device is told in time, in nanoseconds; nothing if one is under way that comes no later.
    mutating func eventToSchedule() -> UInt64? {
        guard let first = heap.first else { return nil }
        let time = first >> (Self.portBits + 1) * Self.stepNanoseconds
        if let next = nextEventNanoseconds, next <= time { return nil }
        nextEventNanoseconds = time
        return time
    }

    /// The event at a time has come: takes out the first device if it is to be told something by now. Nothing if the event was overtaken by
    /// another that came earlier.
    mutating func next(atNanoseconds now: UInt64) -> (port: Int, news: News)? {
        guard nextEventNanoseconds == now else { return nil }
        nextEventNanoseconds = nil
        guard let first = heap.first, first >> (Self.portBits + 1) * Self.stepNanoseconds <= now else { return nil }
        _ = heap.removeFirst()
        guard let news = News(rawValue: first >> Self.portBits & 1) else { preconditionFailure("a bit has two values") }
        return (Int(first & (1 << Self.portBits - 1)), news)
    }

    private static let portBits: UInt64 = 14
    private static let stepBits: UInt64 = 49
    private static let stepNanoseconds: UInt64 = 16
}
