/// An event that happened, and what it left behind: enough to compare two runs and to find what caused what.
public struct HandledEvent: Hashable, Sendable {
    /// The event.
    public let event: Event
    /// How many events its target had caused before: those that it caused in answer are numbered from here.
    public let causedBefore: UInt64
    /// The digest of all that its target did up to and with its answer.
    public let digestAfter: TraceDigest

    /// Notes that an event was handled.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - causedBefore: What ``Scheduler/causedCount(of:)`` was before its target answered.
    ///   - scheduler: The scheduler of its partition, after its target answered.
    public init(_ event: Event, causedBefore: UInt64, scheduler: borrowing Scheduler) {
        self.event = event
        self.causedBefore = causedBefore
        digestAfter = scheduler.digest(of: event.target)
    }
}

extension Event: Hashable {
    /// Whether all 64 bytes are the same.
    public static func == (left: Event, right: Event) -> Bool {
        left.timeNanoseconds == right.timeNanoseconds && left.target == right.target && left.source == right.source
            && left.ordinalAndKind == right.ordinalAndKind && left.targetPort == right.targetPort
            && left.sourcePort == right.sourcePort && left.payload == right.payload
    }

    /// Feeds what tells events of one run apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(timeNanoseconds)
        hasher.combine(target)
        hasher.combine(source)
        hasher.combine(ordinalAndKind)
    }
}
