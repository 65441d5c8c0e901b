extension Observation {
    /// A message of a thread is durable, with its place there as `sequence`.
    static func placed(_ record: MessageRecord) -> Observation {
        Observation(
            .placed, device: record.id.device, message: record.id, counterpart: counterpart(record.thread),
            sequence: record.sequence)
    }

    /// A user is a member of a thread from a place on.
    static func memberSince(_ stay: Membership.Stay, of thread: ThreadID) -> Observation {
        Observation(
            .memberSince, device: DeviceID(user: stay.user, index: 0), counterpart: counterpart(thread),
            sequence: stay.first)
    }

    /// A user is a member of a thread up to a place.
    static func memberUpTo(_ stay: Membership.Stay, of thread: ThreadID) -> Observation {
        Observation(
            .memberUpTo, device: DeviceID(user: stay.user, index: 0), counterpart: counterpart(thread),
            sequence: stay.last)
    }

    /// A component holds a message on its way to its thread or from there to members.
    static func heldForThread(_ record: MessageRecord) -> Observation {
        Observation(
            .heldForThread, device: record.id.device, message: record.id, counterpart: counterpart(record.thread))
    }

    private static func counterpart(_ thread: ThreadID?) -> UserID { UserID(thread?.rawValue ?? 0) }
}
