internal import Language

extension Shrinker {
    /// Tiers of servers: where their number stands, and how their names begin.
    private static let tiers: [(path: [Document.Step], name: String)] = [
        ([.key("system"), .key("chat_servers"), .key("count")], "chat_server"),
        ([.key("system"), .key("load_balancers"), .key("count")], "load_balancer"),
        ([.key("system"), .key("storage"), .key("servers")], "storage"),
        ([.key("system"), .key("cache"), .key("servers")], "cache"),
    ]
    /// Sections that say how long things take; with other values the scenario might fail because it has too little time.
    private static let waits: Set<String> = ["settle", "heartbeat", "client", "store_path", "connection", "presence"]
    /// Keys that every scenario has.
    private static let basics: Set<String> = ["confab", "name", "duration", "settle"]

    /// Takes away what can be spared: faults, steps, users, devices, groups, servers and time.
    mutating func takeAway() {
        takeItems(at: [.key("faults")])
        takeItems(at: [.key("script")])
        takeNamed(in: "users")
        takeNamed(in: "groups")
        takeListItems()
        takeServers()
        shortenRun()
    }

    /// Takes keys away, sections before those in them, so that defaults take their place.
    mutating func takeKeys() {
        var next = 0
        while next < best.paths.count, goesOn() {
            let path = best.paths[next]
            next += 1
            guard case .key(let key)? = path.last, mayTake(key, at: path) else { continue }
            var candidate = best
            candidate[path] = nil
            // What comes after it in the list of paths has moved up.
            if attempt(candidate) { next -= 1 }
        }
    }

    private func mayTake(_ key: String, at path: [Document.Step]) -> Bool {
        guard case .key(let top)? = path.first else { return false }
        if path.count == 1, Self.basics.contains(key), mutant == nil || key != "settle" { return false }
        if ["script", "faults", "users", "groups"].contains(top), path.count > 1 { return false }
        guard mutant == nil else { return true }
        return !path.contains { if case .key(let key) = $0 { Self.waits.contains(key) } else { false } }
    }

    /// Takes items of a list away.
    private mutating func takeItems(at path: [Document.Step]) {
        takeRanges(at: path) { document, range in
            var items = document[path]?.items ?? []
            items.removeSubrange(range)
            var candidate = document
            candidate[path] = items.isEmpty ? nil : .list(items)
            return candidate
        }
    }

    /// Takes entries of a section away that others name: users, with all that they do, and groups.
    private mutating func takeNamed(in section: String) {
        takeRanges(at: [.key(section)]) { document, range in
            document.forgetting(Set((document[section]?.entries ?? [])[range].map(\.key)))
        }
    }

    /// Takes devices of users, members of groups and friends away.
    private mutating func takeListItems() {
        for user in best["users"]?.entries.map(\.key) ?? [] {
            let path = [Document.Step.key("users"), .key(user), .key("devices")]
            takeRanges(at: path) { document, range in
                var devices = document[path]?.items ?? []
                let names = devices[range].compactMap(\.text).map { "\(user).\($0)" }
                devices.removeSubrange(range)
                var candidate = document
                candidate[path] = .list(devices)
                return candidate.forgetting(Set(names))
            }
            takeItems(at: [.key("users"), .key(user), .key("friends")])
        }
        for group in best["groups"]?.entries.map(\.key) ?? [] {
            takeItems(at: [.key("groups"), .key(group), .key("members")])
        }
    }

    /// Takes servers of each tier away, with the faults that strike them.
    private mutating func takeServers() {
        for tier in Self.tiers {
            var isSmaller = true
            while isSmaller, let count = best[tier.path]?.text.flatMap({ Int($0) }), count > 1 {
                isSmaller = [1, count / 2, count - 1].filter { $0 >= 1 }.contains { fewer in
                    var candidate = best.forgetting(Set((fewer + 1...count).map { "\(tier.name).\($0)" }))
                    candidate[tier.path] = .value("\(fewer)")
                    return attempt(candidate)
                }
            }
        }
    }

    /// Takes items of a list or entries of a section away by number: all of them, else halves, else smaller ranges, else one at a time.
    private mutating func takeRanges(at path: [Document.Step], without: (Document, Range<Int>) -> Document) {
        var size = partCount(at: path)
        while size > 0, goesOn() {
            var start = 0
            while start < partCount(at: path), goesOn() {
                let end = min(start + size, partCount(at: path))
                if !attempt(without(best, start..<end)) { start += size }
            }
            size = min(size / 2, partCount(at: path))
        }
    }

    private func partCount(at path: [Document.Step]) -> Int {
        best[path].map { $0.items.count + $0.entries.count } ?? 0
    }
}
