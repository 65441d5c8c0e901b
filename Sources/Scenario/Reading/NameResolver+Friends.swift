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
        guard raw.system.presence.isOn, !hasFriends else { return }
        diagnostics.report(
            "nobody's status would be shown: neither a user nor a population has `friends`", at: raw.systemPosition)
    }
}
