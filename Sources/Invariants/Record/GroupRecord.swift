import Chat

/// What was observed of threads: who was a member when, at which place each message is, and which copies of it are where.
struct GroupRecord: Sendable {
    /// A copy of a message of a thread.
    private struct Copy: Hashable, Sendable {
        let message: MessageID
        let owner: UserID
    }

    /// Who was a member of a thread.
    private struct Members: Sendable {
        /// The places from which on, and those up to which, of each user, as often as they were observed.
        var first: [(user: UserID, place: UInt32)] = []
        var last: [(user: UserID, place: UInt32)] = []
    }

    /// The threads of which anything was observed, in that order.
    private(set) var threads: [ThreadID] = []
    private var members: [ThreadID: Members] = [:]
    private var stays: [ThreadID: [(user: UserID, first: UInt32, last: UInt32)]] = [:]
    private var placeOf: [MessageID: UInt32] = [:]
    private var placedNanoseconds: [MessageID: UInt64] = [:]
    private var held: Set<MessageID> = []
    private var heldCopies: Set<Copy> = []
    private var durableCopies: Set<Copy> = []

    /// Takes up an observation about threads, or about a row of a mailbox that may be a copy.
    mutating func observe(_ observation: Observation) {
        let copy = Copy(message: observation.message, owner: observation.device.user)
        switch observation.kind {
        case .placed:
            placeOf[observation.message] = observation.sequence
            if placedNanoseconds[observation.message] == nil {
                placedNanoseconds[observation.message] = observation.timeNanoseconds
            }
        case .memberSince, .memberUpTo:
            let thread = ThreadID(observation.counterpart.rawValue)
            if members[thread] == nil { threads.append(thread) }
            let change = (user: observation.device.user, place: observation.sequence)
            if observation.kind == .memberSince {
                members[thread, default: Members()].first.append(change)
            } else {
                members[thread, default: Members()].last.append(change)
            }
        case .held: heldCopies.insert(copy)
        case .heldForThread: held.insert(observation.message)
        case .logged, .stored, .failedLogged: durableCopies.insert(copy)
        default: preconditionFailure("\(observation.kind) says nothing about threads")
        }
    }

    /// The place of a message in its thread; nothing if it never was durable there.
    func place(of message: MessageID) -> UInt32? { placeOf[message] }

    /// When a message had its place for the first time, durably, in nanoseconds.
    func placedNanoseconds(of message: MessageID) -> UInt64? { placedNanoseconds[message] }

    /// Whether a component carries the message on its way to its thread or from there to members.
    func isHeld(_ message: MessageID) -> Bool { held.contains(message) }

    /// Whether a component has a copy of the message in the mailbox of a user.
    func isHeld(_ message: MessageID, for user: UserID) -> Bool {
        heldCopies.contains(Copy(message: message, owner: user))
    }

    /// Whether a log or the storage has a copy of the message in the mailbox of a user.
    func isDurable(_ message: MessageID, for user: UserID) -> Bool {
        durableCopies.contains(Copy(message: message, owner: user))
    }

    /// Who gets a message of a thread, in the order of users; nobody if it has no place.
    ///
    /// - Complexity: O(times that users were members).
    func members(of thread: ThreadID, at message: MessageID) -> [UserID] {
        guard let place = placeOf[message] else { return [] }
        return stays(in: thread).filter { $0.first <= place && place <= $0.last }.map(\.user)
    }

    /// Whether a user is a member of a thread at the place of a message.
    func isMember(_ user: UserID, of thread: ThreadID, at message: MessageID) -> Bool {
        guard let place = placeOf[message] else { return false }
        return stays(in: thread).contains { $0.user == user && $0.first <= place && place <= $0.last }
    }

    /// The times that users were members of a thread, by user and place.
    private func stays(in thread: ThreadID) -> [(user: UserID, first: UInt32, last: UInt32)] {
        stays[thread] ?? []
    }

    /// Puts what was observed of members together. To be called once everything is.
    mutating func settle() {
        for thread in threads {
            guard let observed = members[thread] else { continue }
            let first = Self.unique(observed.first)
            let last = Self.unique(observed.last)
            var place = 0
            stays[thread] = first.map { stay in
                // A user's stays do not overlap: the first end that is not before the beginning is that of the stay.
                while place < last.count, last[place] < stay { place += 1 }
                let ends = place < last.count && last[place].user == stay.user
                return (stay.user, stay.place, ends ? last[place].place : .max)
            }
        }
    }

    private static func unique(
        _ changes: [(user: UserID, place: UInt32)]
    ) -> [(user: UserID, place: UInt32)] {
        var result: [(user: UserID, place: UInt32)] = []
        for change in changes.sorted(by: { $0 < $1 }) {
            if let latest = result.last, latest == change { continue }
            result.append(change)
        }
        return result
    }
}
