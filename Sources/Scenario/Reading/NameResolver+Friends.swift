internal import Language

extension NameResolver {
    /// The friends of each listed user, by number: those whom the user lists, in that order, then those who list the user.
    func resolveFriends() -> [[Int]] {
        var friends: [[Int]] = raw.users.map { _ in [] }
        var pairs: Set<[Int]> = []
        var others: [(user: Int, friend: Int)] = []
        for (user, written) in raw.users.enumerated() {
            guard let list = written.value.friends else { continue }
            if !raw.system.presence.isOn {
                diagnostics.report(
                    "`friends` would have no effect: with `system.presence.scheme: off` nobody's status is shown",
                    at: list.position)
            }
            for name in list.value {
                guard let friend = self.user(name) else { continue }
                if friend == user {
                    diagnostics.report("nobody is a friend of oneself", at: name.position)
                } else if !pairs.insert([user, friend]).inserted {
                    diagnostics.report(
                        "`\(written.name.value)` lists `\(name.value)` twice", at: name.position)
                } else {
                    friends[user].append(friend)
                    others.append((friend, user))
                }
            }
        }
        for (user, friend) in others where !friends[user].contains(friend) { friends[user].append(friend) }
        return friends
    }

    /// Presence needs someone whose status is of interest.
    func checkPresence() {
        let hasFriends =
            raw.users.contains { $0.value.friends != nil } || raw.populations.contains { $0.value.friendCount != nil }
        guard raw.system.presence.isOn else { return }
        if !hasFriends {
            diagnostics.report(
                "nobody's status would be shown: neither a user nor a population has `friends`", at: raw.systemPosition)
        }
        checkCountedStatuses()
    }

    /// Where statuses are only counted, devices rest, and nobody can tell whether they show the right ones.
    private func checkCountedStatuses() {
        let presence = raw.system.presence
        guard !presence.keepsStatuses, let position = presence.statusesPosition else { return }
        if !raw.users.isEmpty || raw.populations.contains(where: { !$0.value.startsConnected }) {
            diagnostics.report(
                "statuses are counted only where all devices rest: in populations with `starts: connected`, without listed users; else write "
                    + "`statuses: kept`", at: position)
        }
        for (name, verdict) in raw.expectations.verdicts
        where ["presence_settles", "presence_no_flap"].contains(name.value) && verdict != .notExercised {
            diagnostics.report(
                "with `statuses: counted` no device keeps whom it shows, so that `\(name.value)` is `not_exercised`; expect that, or write "
                    + "`statuses: kept`", at: name.position)
        }
    }
}
