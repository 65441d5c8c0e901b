extension NameResolver {
    /// What goes wrong. A server that is to crash while it is down is reported.
    func resolveFaults() -> [FaultModel] {
        let resolved = raw.faults.map { (position: $0.position, faults: resolve($0)) }
        var crashes: [ServerModel: [Range<UInt64>]] = [:]
        for (position, faults) in resolved {
            var overlaps = false
            for case .crash(let server, let start, let end) in faults {
                let window = start..<max(start, end ?? .max)
                overlaps = overlaps || crashes[server, default: []].contains { $0.overlaps(window) }
                crashes[server, default: []].append(window)
            }
            if overlaps {
                diagnostics.report("the server is down at that time already, by another fault", at: position)
            }
        }
        return resolved.flatMap(\.faults)
    }

    private func resolve(_ fault: RawFault) -> [FaultModel] {
        let start = fault.timeNanoseconds.value
        if start >= durationNanoseconds {
            diagnostics.report("the fault comes after the end of the run", at: fault.timeNanoseconds.position)
        }
        let end = fault.forNanoseconds.map { start + $0.value }
        switch fault.what {
        case .crash(let struck):
            return servers(struck).map { .crash(server: $0, startNanoseconds: start, endNanoseconds: end) }
        case .rollingRestart(let struck, let every, let down):
            return servers(struck).enumerated().map { index, server in
                let begin = start + UInt64(index) * every
                return .crash(server: server, startNanoseconds: begin, endNanoseconds: begin + down)
            }
        case .host(let struck, let trouble):
            return servers(struck).map {
                .host(server: $0, trouble: trouble, startNanoseconds: start, endNanoseconds: end ?? start)
            }
        case .clockSet(let struck, let forward):
            rejectClocks(struck)
            return servers(struck).map {
                .clockSet(server: $0, forwardNanoseconds: forward, startNanoseconds: start)
            }
        case .link(let sources, let targets, let bothWays, let trouble):
            return [
                .link(
                    sources: sources.compactMap(endpoint), targets: targets.compactMap(endpoint), bothWays: bothWays,
                    trouble: trouble, startNanoseconds: start, endNanoseconds: end ?? start)
            ]
        case nil: return []
        }
    }

    /// Reports object stores whose clocks are to be set: they look at none.
    private func rejectClocks(_ struck: RawServers) {
        for name in struck.names where name.value.hasPrefix("object_store.") {
            diagnostics.report(
                "the fault would have no effect: an object store does not look at its clock", at: name.position)
        }
    }

    /// The servers that a fault strikes: of those that are named, a share, evenly spaced.
    private func servers(_ struck: RawServers) -> [ServerModel] {
        let named = struck.names.flatMap(servers(named:))
        let share = named.count.multipliedReportingOverflow(by: Int(struck.sharePartsPerBillion)).partialValue
        let count = (share + 999_999_999) / 1_000_000_000
        return (0..<count).map { named[$0 * named.count / count] }
    }

    private func servers(named name: Located<String>) -> [ServerModel] {
        let tiers: [(String, UInt64, (UInt32) -> ServerModel)] = [
            ("load_balancer", raw.system.loadBalancers.count, ServerModel.loadBalancer),
            ("chat_server", raw.system.chatServers.count, ServerModel.chatServer),
            ("storage", raw.system.storage.count, ServerModel.storage),
            ("cache", raw.system.cache?.tier.count ?? 0, ServerModel.cache),
            ("object_store", raw.system.media?.tier.count ?? 0, ServerModel.objectStore),
        ]
        if let (_, count, server) = tiers.first(where: { $0.1 > 0 && name.value == $0.0 + ".*" }) {
            return (0..<UInt32(count)).map(server)
        }
        return server(name, tiers: Self.tiers).map { [$0] } ?? []
    }

    private func endpoint(_ name: Located<String>) -> EndpointModel? {
        switch name.value {
        case "load_balancer.*": return .loadBalancers
        case "chat_server.*": return .chatServers
        case "storage.*": return .storageServers
        case "cache.*" where raw.system.cache != nil: return .cacheServers
        case "object_store.*" where raw.system.media != nil: return .objectStores
        default: break
        }
        let tiers = Self.tiers
        let head = String(name.value.prefix { $0 != "." })
        if tiers.contains(head) { return server(name, tiers: tiers).map(EndpointModel.server) }
        if let population = populationNumbers[name.value] { return .population(population) }
        if userNumbers[head] == nil {
            let names = raw.users.map(\.name.value) + raw.populations.map(\.name.value) + tiers.map { $0 + ".1" }
            diagnostics.report(
                "there is no user, device or server `\(printable(name.value))`"
                    + NearestName.hint(for: name.value, among: names), at: name.position)
            return nil
        }
        return subject(name).map { user, device in
            device.map { .device(user: user, device: $0) } ?? .user(user)
        }
    }

    /// The tiers of servers that may fail.
    private static let tiers = [
        "load_balancer", "chat_server", "storage", "coordinator", "data_node", "cache", "object_store",
    ]

    /// A server by its name, `tier.number`, the number from one.
    func server(_ name: Located<String>, tiers: [String]) -> ServerModel? {
        let parts = name.value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard tiers.contains(parts[0]) else {
            diagnostics.report(
                "there is no server `\(printable(name.value))`"
                    + NearestName.hint(for: parts[0], among: tiers.map { $0 + ".1" }), at: name.position)
            return nil
        }
        let count: UInt64 =
            switch parts[0] {
            case "load_balancer": raw.system.loadBalancers.count
            case "chat_server": raw.system.chatServers.count
            case "coordinator": raw.system.hasCoordinator ? 1 : 0
            case "data_node": raw.system.reedSolomon?.dataNodeCount ?? 0
            case "cache": raw.system.cache?.tier.count ?? 0
            case "object_store": raw.system.media?.tier.count ?? 0
            default: raw.system.storage.count
            }
        guard count > 0 else {
            let reason =
                switch parts[0] {
                case "cache": "there is no cache server, since `system` has no `cache`"
                case "object_store": "there is no object store, since `system` has no `media`"
                case "data_node": "there are no data nodes without `reed_solomon`"
                default:
                    "there is no coordinator, since no shard changes hands: there is neither `growth` nor `copies`"
                }
            diagnostics.report(reason, at: name.position)
            return nil
        }
        guard parts.count == 2, let number = UInt32(parts[1]), number >= 1, UInt64(number) <= count else {
            diagnostics.report(
                "there is no server `\(printable(name.value))`; there are `\(parts[0]).1` to `\(parts[0]).\(count)`",
                at: name.position)
            return nil
        }
        switch parts[0] {
        case "load_balancer": return .loadBalancer(number - 1)
        case "chat_server": return .chatServer(number - 1)
        case "coordinator": return .coordinator
        case "data_node": return .dataNode(number - 1)
        case "cache": return .cache(number - 1)
        case "object_store": return .objectStore(number - 1)
        default: return .storage(number - 1)
        }
    }
}
