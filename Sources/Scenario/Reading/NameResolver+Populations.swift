internal import Language

extension NameResolver {
    /// Reports populations that cannot start connected in this system.
    func checkStarts() {
        let system = raw.system
        for population in raw.populations.map(\.value) where population.startsConnected {
            guard let position = population.startsPosition else { continue }
            func report(_ reason: String) {
                diagnostics.report("a population cannot start connected here: \(reason)", at: position)
            }
            if system.presence.isOn, system.presence.keepsStatuses {
                report(
                    "a device that keeps whom it shows as online does not rest; write `statuses: counted` in `system.presence`"
                )
            }
            if system.connection.model != .websocket {
                report("no connection stays open; use `connection.model: websocket`")
            }
            if system.sendsHeartbeats {
                report("a heartbeat of each device is an event of each; write `heartbeat: { sent: off }`")
            }
            switch (system.balancing.law, system.balancing.healthChecks) {
            case (.modulo, nil), (.hash, nil), (.fixedModulo, _): break
            case (.modulo, _), (.hash, _):
                report("if a server is lost nearly all users move; use `balancing: fixed_modulo` with `failover: on`")
            default:
                report("nobody knows yet which server has whom; use `balancing: modulo`, `hash` or `fixed_modulo`")
            }
            if system.balancing.law == .hash, system.balancing.isAdmissionControlled {
                report(
                    "by `balancing: hash` a server may get more than it holds; write `admission: off`, or use `modulo`")
            }
            if !groupNumbers.isEmpty { report("there are groups") }
        }
        if raw.isJudgedWhileItRuns, !raw.users.isEmpty || raw.populations.contains(where: { !$0.value.startsConnected })
        {
            diagnostics.report(
                "only users who are connected from the start are judged while the world runs: populations with `starts: connected`, and no "
                    + "listed users", at: raw.judgingPosition)
        }
        let connected = raw.populations.map(\.value).filter(\.startsConnected)
        guard let position = connected.compactMap(\.startsPosition).first else { return }
        guard system.balancing.law == .modulo || system.balancing.law == .fixedModulo,
            system.balancing.isAdmissionControlled
        else { return }
        // Modulo deals the users of each population out evenly.
        let each = connected.reduce(UInt64(0)) {
            $0 + ($1.userCount + system.chatServers.count - 1) / system.chatServers.count * $1.deviceCount
        }
        if each > system.connectionsEach {
            diagnostics.report(
                "\(each) connections come on each of \(system.chatServers.count) chat servers, which hold \(system.connectionsEach); "
                    + "raise `chat_servers.count` or `connections_each`, or write `admission: off`", at: position)
        }
    }
}
