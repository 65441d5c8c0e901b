import Chat

/// Which chat server owns the mailbox of which user: the last that took it, with a token that is greater than that of the owner before.
struct MailboxOwners: Sendable {
    /// Who owns a mailbox, in eight bytes: tens of millions of users may change hands.
    private struct Owner: Sendable {
        let token: UInt32
        /// When it was taken, in steps of two milliseconds, which is enough for a run of thirty days, and in the lowest bit whether it has changed
        /// hands.
        private let sinceAndMoved: UInt32

        private static let stepNanoseconds: UInt64 = 2_000_000

        init(token: UInt32, sinceNanoseconds: UInt64, hasMoved: Bool) {
            self.token = token
            let step = UInt32(truncatingIfNeeded: sinceNanoseconds / Self.stepNanoseconds)
            sinceAndMoved = step << 1 | (hasMoved ? 1 : 0)
        }

        var hasMoved: Bool { sinceAndMoved & 1 == 1 }
        var sinceNanoseconds: UInt64 { UInt64(sinceAndMoved >> 1) * Self.stepNanoseconds }
        /// The number of the chat server.
        var server: UInt32 { FencingToken(rawValue: token).owner ?? 0 }
    }

    /// An accepted write to a mailbox that has changed hands.
    struct Write: Sendable {
        let message: MessageID
        let user: UserID
        /// The number of the chat server that wrote.
        let writer: UInt32
        /// The latest owner at that time, and since when, in nanoseconds, to two milliseconds.
        let owner: UInt32
        let ownedSinceNanoseconds: UInt64
        let timeNanoseconds: UInt64
        /// Whether the writer's token is the latest owner's.
        let isOfOwner: Bool

        /// What is wrong if it is not.
        func sentence(_ names: any NameTable) -> String {
            "a write of chat server \(writer + 1), \(names.name(of: message)) in the order of \(names.name(of: user)), is accepted at "
                + "\(TimeText.seconds(timeNanoseconds)), but chat server \(owner + 1) owns \(names.name(of: user)) since "
                + TimeText.seconds(ownedSinceNanoseconds)
        }
    }

    private var owners: FlatTable<UserID, Owner> = [:]

    /// Takes up an ``Observation/Kind/ownerTook``.
    mutating func took(_ observation: Observation) {
        let user = observation.device.user
        let before = owners[user]
        guard observation.sequence > before?.token ?? 0 else { return }
        owners[user] = Owner(
            token: observation.sequence, sinceNanoseconds: observation.timeNanoseconds,
            hasMoved: before.map { $0.hasMoved || $0.server != observation.counterpart.rawValue } ?? false)
    }

    /// What an ``Observation/Kind/ownerWrote`` says of a mailbox that has changed hands; nothing of others.
    func write(_ observation: Observation) -> Write? {
        let user = observation.device.user
        guard let owner = owners[user], owner.hasMoved else { return nil }
        return Write(
            message: observation.message, user: user, writer: observation.counterpart.rawValue, owner: owner.server,
            ownedSinceNanoseconds: owner.sinceNanoseconds, timeNanoseconds: observation.timeNanoseconds,
            isOfOwner: observation.sequence == owner.token)
    }
}
