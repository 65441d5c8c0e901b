extension NameResolver {
    /// What goes wrong. A server that is to crash while it is down is reported.
    func resolveFaults() -> [FaultModel] {
        let resolved = raw.faults.map { (position: $0.position, faults: resolve($0)) }
        var crashes: [(server: ServerModel, window: Range<UInt64>)] = []
        for (position, faults) in resolved {
            for case .crash(let server, let start, let end) in faults {
                let window = start..<max(start, end ?? .max)
                if crashes.contains(where: { $0.server == server && $0.window.overlaps(window) }) {
                    diagnostics.report("the server is down at that time already, by another fault", at: position)
                }
                crashes.append((server, window))
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
        case .crash(let name):
            return server(name, tiers: ["load_balancer", "chat_server", "storage"])
                .map { [.crash(server: $0, startNanoseconds: start, endNanoseconds: end)] } ?? []
        case .loss(let sources, let targets, let bothWays, let parts):
            return [
                .loss(
                    sources: sources.compactMap(endpoint), targets: targets.compactMap(endpoint), bothWays: bothWays,
                    partsPerBillion: parts, startNanoseconds: start, endNanoseconds: end ?? start)
            ]
        case nil: return []
        }
    }

    private func endpoint(_ name: Located<String>) -> EndpointModel? {
        switch name.value {
        case "load_balancer.*": return .loadBalancers
        case "chat_server.*": return .chatServers
        case "storage.*": return .storageServers
        default: break
        }
        let tiers = ["load_balancer", "chat_server", "storage"]
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
            default: raw.system.storage.count
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
        default: return .storage(number - 1)
        }
    }
}
