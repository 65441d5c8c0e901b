/// Who is in a thread, from which place of its order on and up to which.
///
/// A stay covers the message that began it and the one that ended it: who is added or removed is told so.
struct Membership: Hashable, Sendable {
    /// A time that a user is in a thread.
    struct Stay: Hashable, Sendable {
        let user: UserID
        /// The place of the message that made the user a member; zero for those who were members from the start.
        let first: UInt32
        /// The place of the message that ended it; `UInt32.max` while it lasts.
        var last: UInt32
    }

    /// The stays, by user and then by place. Those that have ended are kept until they are forgotten.
    private(set) var stays: [Stay] = []

    /// The members of a thread that nothing has changed yet.
    init(_ members: [UserID]) {
        stays = members.map { Stay(user: $0, first: 0, last: .max) }
    }

    /// Restores a membership.
    init(stays: [Stay]) {
        self.stays = stays.sorted { ($0.user, $0.first) < ($1.user, $1.first) }
    }

    /// Whether a user is a member after every change so far.
    func contains(_ user: UserID) -> Bool {
        stays.contains { $0.user == user && $0.last == .max }
    }

    /// Who gets the message at a place, in the order of users.
    ///
    /// - Complexity: O(stays).
    func members(at place: UInt32) -> [UserID] {
        stays.filter { $0.first <= place && place <= $0.last }.map(\.user)
    }

    /// Who is a member after every change so far, in the order of users.
    var current: [UserID] { stays.filter { $0.last == .max }.map(\.user) }

    /// A message at a place makes a user a member.
    ///
    /// - Returns: The new stay; nothing if the user is a member already.
    mutating func add(_ user: UserID, at place: UInt32) -> Stay? {
        guard !contains(user) else { return nil }
        let stay = Stay(user: user, first: place, last: .max)
        let index = stays.firstIndex { ($0.user, $0.first) > (user, place) } ?? stays.count
        stays.insert(stay, at: index)
        return stay
    }

    /// A message at a place ends the membership of a user.
    ///
    /// - Returns: The stay that it ends; nothing if the user is no member.
    mutating func remove(_ user: UserID, at place: UInt32) -> Stay? {
        guard let index = stays.firstIndex(where: { $0.user == user && $0.last == .max }) else { return nil }
        stays[index].last = place
        return stays[index]
    }

    /// Forgets the stays that ended at or before a place.
    ///
    /// - Returns: Those stays.
    mutating func forget(upTo place: UInt32) -> [Stay] {
        guard stays.contains(where: { $0.last <= place }) else { return [] }
        let ended = stays.filter { $0.last <= place }
        stays.removeAll { $0.last <= place }
        return ended
    }

    /// A hash of the set of those who are members after every change so far: equal sets have equal hashes. FNV-1a over their numbers in
    /// ascending order, by whole words.
    var currentHash: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for stay in stays where stay.last == .max {
            hash ^= UInt64(stay.user.rawValue)
            hash &*= 0x0000_0100_0000_01b3
            hash ^= hash >> 32
        }
        return hash
    }
}
