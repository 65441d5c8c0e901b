internal import Capacity
internal import Plan
internal import Reporting

extension Finding {
    /// Where chat servers have too little room.
    static func chatServers(_ sizing: Sizing) -> [Finding] {
        [headroom(sizing), zoneLoss(sizing), holiday(sizing), reconnect(sizing)].compactMap(\.self)
    }

    /// The averages alone leave no room: some server is over its limit.
    private static func headroom(_ sizing: Sizing) -> Finding? {
        let plan = sizing.plan
        let year = sizing.last
        let policy = plan.policies.chatServers
        let averages = year.chatServers.steps[0]
        let fill = Figure(
            "fill by the averages", "ratio", year.demand.openConnections / (averages * policy.connectionsEach))
        var figures = [averages, fill]
        var uneven = ""
        if let overload = policy.overloadProbability {
            let users = Int(max(1, year.demand.openConnections.value / plan.demand.devicesPerUser.value))
            let each = Int(max(1, policy.connectionsEach.value / plan.demand.devicesPerUser.value))
            let load = MaximumLoad(users: users, servers: Int(averages.value))
            let any = load.probabilityAnyOver(each)
            guard any >= overload.value else { return nil }
            let source = "tails of the binomial law; the problem: Raab and Steger (1998)"
            let inputs: [any FigureOperand] = [year.demand.openConnections, averages, policy.connectionsEach]
            let one = Figure(
                "probability that a given server is over", "ratio",
                Term.model("tail of one server", source, of: inputs, load.probabilityOneOver(each)))
            let fullest = Figure(
                "connections of the fullest server, by the averages", "connections",
                Term.model(
                    "expected maximum by hash", source, of: inputs, load.expected * plan.demand.devicesPerUser.value))
            figures += [one, fullest, year.chatServers.steps[1]]
            uneven =
                " A hash gives a server more than its limit with \(percent(one.value)), and the fullest \(NumberText.decimal(fullest.value, decimals: 1)): "
                + "\(year.chatServers.steps[1].text) are needed to keep the probability that any is over below \(percent(overload.value))."
        } else {
            guard fill.value > 1 - plan.objectives.headroom.value else { return nil }
        }
        return Finding(
            identifier: "no-headroom", severity: .warning, title: "The averages leave no headroom",
            text:
                "\(averages.text) hold \(year.demand.openConnections.text) with \(percent(fill.value)) of their connections taken: "
                + "nothing is left for one that fails.\(uneven) With headroom, a zone that may be lost and spares, "
                + "\(year.chatServers.servers.text).",
            figures: figures + [year.chatServers.servers])
    }

    /// What is left after a zone is lost cannot hold everybody.
    private static func zoneLoss(_ sizing: Sizing) -> Finding? {
        let reconnect = sizing.last.reconnect
        guard sizing.plan.policies.chatServers.zones.value > 1, reconnect.fill.value > 1 else { return nil }
        return Finding(
            identifier: "zone-loss", severity: .critical, title: "The loss of a zone is not survived",
            text:
                "The servers that are left would hold \(percent(reconnect.fill.value)) of the connections that they may: "
                + "the rest is refused. Set `policies.chat_servers.survive_zone_loss: on`.",
            figures: [reconnect.lost, reconnect.fill])
    }

    /// The busiest moment of the year is more than the tiers carry.
    private static func holiday(_ sizing: Sizing) -> Finding? {
        let year = sizing.last
        let plan = sizing.plan
        let rise = Figure(
            "busiest moment over the daily peak", "ratio", year.demand.holidaySends / year.demand.peakSends)
        // Messages rise, and with them what is written. Connections, sessions and presence do not.
        let server = plan.hardware.chatServer
        let cores = year.chatLoad.busyCores + year.chatLoad.messageCores * (rise - Term.constant(1))
        var uses: [(what: String, use: Figure)] = [
            (
                "the CPU of the chat servers",
                Figure(
                    "use of the CPU at the busiest moment", "ratio", cores / (year.chatServers.servers * server.cores))
            )
        ]
        for use in year.storage.servers.uses where use.resource == .writes || use.resource == .diskBandwidth {
            let share = Figure("\(use.share.name) at the busiest moment", "ratio", use.share * rise)
            uses.append(("the \(use.resource.rawValue) of the storage servers", share))
        }
        guard let worst = uses.max(by: { $0.use.value < $1.use.value }), worst.use.value > 1 else { return nil }
        return Finding(
            identifier: "holiday", severity: .warning,
            title: "The busiest moment of the year is more than the tiers carry",
            text:
                "Then there are \(NumberText.significant(rise.value, digits: 3)) times as many messages as at the daily peak, and they take "
                + "\(percent(worst.use.value)) of \(worst.what). Messages then wait; shed what can wait first: presence, pages, media.",
            figures: [rise, worst.use])
    }

    /// Clients are away for too long after a zone is lost.
    private static func reconnect(_ sizing: Sizing) -> Finding? {
        let reconnect = sizing.last.reconnect
        let objective = sizing.plan.objectives.reconnectSeconds
        guard reconnect.seconds.value > objective.value else { return nil }
        return Finding(
            identifier: "reconnect-slow", severity: .critical,
            title: "Clients are away for too long after a zone is lost",
            text: "\(reconnect.lost.text) come back at \(reconnect.rate.text): \(reconnect.seconds.text), where "
                + "\(ReportNumber(objective.value, "s").text) are allowed. More cores, cheaper connects or fewer clients on a zone help.",
            figures: [reconnect.lost, reconnect.rate, reconnect.seconds])
    }
}
