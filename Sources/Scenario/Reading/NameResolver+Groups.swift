internal import Language

extension NameResolver {
    /// The groups that are listed by name.
    func resolveGroups() -> [ListedGroupModel] {
        if raw.groups.isEmpty, let position = raw.system.groupsPosition {
            diagnostics.report("`groups` would have no effect: the scenario has no groups", at: position)
        }
        if let first = raw.groups.first, raw.system.cache != nil {
            diagnostics.report(
                "cache servers keep messages between two users only; leave out `groups` or `system.cache`",
                at: first.name.position)
        }
        if let first = raw.groups.first, raw.system.balancing.healthChecks != nil {
            diagnostics.report(
                "groups cannot be used with `failover: on`: threads stay with the chat server that they are mapped to",
                at: first.name.position)
        }
        return raw.groups.map { name, group in
            var members: [Int] = []
            for member in group.members {
                guard let number = user(member) else { continue }
                if members.contains(number) {
                    diagnostics.report("`\(name.value)` has the member `\(member.value)` twice", at: member.position)
                }
                members.append(number)
            }
            return ListedGroupModel(name: name.value, members: members)
        }
    }

    /// A change of who is in a group, by a user.
    mutating func resolve(_ change: RawStep.GroupChange, by subject: Located<String>) -> ScriptStep.Action {
        let owner = subject.value.prefix { $0 != "." }
        let user = change.user ?? Located(value: String(owner), position: subject.position)
        let verb = change.adds ? "add" : change.user == nil ? "leave" : "remove"
        let name = change.name ?? Located(value: "\(verb)-\(user.value)", position: change.group.position)
        noteMessage(name)
        return .changeGroup(
            message: name.value, group: group(change.group) ?? 0, user: self.user(user) ?? 0, adds: change.adds)
    }

    /// The number of a group.
    func group(_ name: Located<String>) -> Int? {
        if let number = groupNumbers[name.value] { return number }
        let names = raw.groups.map(\.name.value)
        diagnostics.report(
            "there is no group `\(printable(name.value))`\(NearestName.hint(for: name.value, among: names))",
            at: name.position)
        return nil
    }

    /// Reports changes that change nothing, if each step takes effect when it is made, and groups to which nobody writes.
    func checkGroups(_ steps: [(step: RawStep, actions: [ScriptStep])]) {
        var members = raw.groups.map { Set($0.value.members.compactMap { userNumbers[$0.value] }) }
        var isUsed = Array(repeating: false, count: members.count)
        for (step, actions) in steps {
            for action in actions {
                switch action.action {
                case .sendToGroup(_, let group, _) where members.indices.contains(group): isUsed[group] = true
                case .changeGroup(_, let group, let user, let adds) where members.indices.contains(group):
                    isUsed[group] = true
                    guard members[group].contains(action.user) else { continue }
                    if members[group].contains(user) == adds {
                        let state = adds ? "a member of the group already" : "no member of the group"
                        diagnostics.report(
                            "`\(raw.users[user].name.value)` is \(state); the step would have no effect",
                            at: step.subject.position)
                    }
                    if adds { members[group].insert(user) } else { members[group].remove(user) }
                default: continue
                }
            }
        }
        for (index, group) in raw.groups.enumerated() where !isUsed[index] {
            diagnostics.report("nobody writes to the group `\(group.name.value)`", at: group.name.position)
        }
    }
}
