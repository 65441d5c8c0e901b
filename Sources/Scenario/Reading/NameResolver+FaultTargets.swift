internal import Language

extension NameResolver {
    /// The servers that a fault strikes: of those that are named, a share, evenly spaced.
    func servers(_ struck: RawServers) -> [ServerModel] {
        let named = struck.names.flatMap(servers(named:))
        let share = named.count.multipliedReportingOverflow(by: Int(struck.sharePartsPerBillion)).partialValue
        let count = (share + 999_999_999) / 1_000_000_000
        return (0..<count).map { named[$0 * named.count / count] }
    }

    private func servers(named name: Located<String>) -> [ServerModel] {
        if let tier = raw.system.tiers.first(where: { $0.count > 0 && name.value == $0.name + ".*" }) {
            return (0..<UInt32(tier.count)).map(tier.server)
        }
        return server(name, tiers: Self.tiers).map { [$0] } ?? []
    }

    /// Who is at an end of a link, by name.
    func endpoint(_ name: Located<String>) -> EndpointModel? {
        switch name.value {
        case "load_balancer.*": return .loadBalancers
        case "chat_server.*": return .chatServers
        case "storage.*": return .storageServers
        case "object_store.*" where raw.system.media != nil: return .objectStores
        case "cache.*" where raw.system.cache != nil: return .cacheServers
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
        let count = raw.system.tiers.first { $0.name == parts[0] }?.count ?? 0
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
        return raw.system.tiers.first { $0.name == parts[0] }?.server(number - 1)
    }
}
