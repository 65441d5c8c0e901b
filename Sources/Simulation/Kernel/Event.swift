/// Something that will happen to a process at a virtual time: a message arrives, a timer fires.
///
/// An event is 64 bytes of plain data, one cache line. Events are totally ordered by time, target, source and the source's
/// own count of events, so that the order never depends on when, where or by which thread an event was put in.
@frozen
public struct Event: Sendable {
    /// When it happens, in nanoseconds of virtual time.
    public let timeNanoseconds: UInt64
    /// The process that it happens to.
    public let target: UInt32
    /// The process that caused it.
    public let source: UInt32
    /// The source's count of events in the upper 48 bits, ``kind`` in the lower 16.
    @usableFromInline let ordinalAndKind: UInt64
    /// The endpoint inside the target.
    public let targetPort: UInt32
    /// The endpoint inside the source.
    public let sourcePort: UInt32
    /// What the event carries; the model knows what it means.
    public let payload: (UInt64, UInt64, UInt64, UInt64)

    /// Makes an event.
    ///
    /// - Precondition: `ordinal` is below 2^48.
    @inlinable @inline(__always)
    public init(
        timeNanoseconds: UInt64, target: UInt32, source: UInt32, ordinal: UInt64, kind: UInt16, targetPort: UInt32 = 0,
        sourcePort: UInt32 = 0, payload: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    ) {
        self.init(
            timeNanoseconds: timeNanoseconds, target: target, source: source,
            ordinalAndKind: Self.packed(ordinal: ordinal, kind: kind),
            targetPort: targetPort, sourcePort: sourcePort, payload: payload)
    }

    /// The source's count of events and the kind in one word.
    @inlinable @inline(__always)
    static func packed(ordinal: UInt64, kind: UInt16) -> UInt64 {
        precondition(ordinal < 1 << 48, "a process causes fewer than 2^48 events")
        return ordinal << 16 | UInt64(kind)
    }

    @inlinable @inline(__always)
    init(
        timeNanoseconds: UInt64, target: UInt32, source: UInt32, ordinalAndKind: UInt64, targetPort: UInt32,
        sourcePort: UInt32, payload: (UInt64, UInt64, UInt64, UInt64)
    ) {
        self.timeNanoseconds = timeNanoseconds
        self.target = target
        self.source = source
        self.ordinalAndKind = ordinalAndKind
        self.targetPort = targetPort
        self.sourcePort = sourcePort
        self.payload = payload
    }

    /// What kind of event it is; the model knows what it means.
    @inlinable
    public var kind: UInt16 { UInt16(truncatingIfNeeded: ordinalAndKind) & ~Self.attachmentBit }

    /// How many events the source had caused before this one.
    @inlinable
    public var ordinal: UInt64 { ordinalAndKind >> 16 }

    /// The bit of the kind that says that the event carries words beyond its payload.
    @inlinable static var attachmentBit: UInt16 { 1 << 15 }

    /// Whether the event carries words beyond its payload, whose place and number are in the payload's last word.
    @inlinable @inline(__always)
    public var hasAttachment: Bool { ordinalAndKind & UInt64(Self.attachmentBit) != 0 }

    /// Where the words are that the event carries.
    @inlinable var attachmentBlock: UInt32 { UInt32(truncatingIfNeeded: payload.3) }

    /// How many words the event carries.
    @inlinable var attachmentWordCount: Int { Int(truncatingIfNeeded: payload.3 >> 32) }

    /// The same event, whose words are somewhere else.
    func withAttachment(at block: UInt32) -> Event {
        Event(
            timeNanoseconds: timeNanoseconds, target: target, source: source, ordinalAndKind: ordinalAndKind,
            targetPort: targetPort, sourcePort: sourcePort,
            payload: (payload.0, payload.1, payload.2, (payload.3 >> 32) << 32 | UInt64(block)))
    }

    /// Whether the event comes before another one in the total order.
    @inlinable
    public func precedes(_ other: Event) -> Bool {
        if timeNanoseconds != other.timeNanoseconds { return timeNanoseconds < other.timeNanoseconds }
        let processes = UInt64(target) << 32 | UInt64(source)
        let otherProcesses = UInt64(other.target) << 32 | UInt64(other.source)
        if processes != otherProcesses { return processes < otherProcesses }
        return ordinalAndKind < other.ordinalAndKind
    }
}
