internal import Language

extension NameResolver {
    /// What goes wrong. A server that is to crash while it is down is reported.
    func resolveFaults() -> [FaultModel] {
        let resolved = raw.faults.map { (position: $0.position, faults: resolve($0)) }
        var crashes: [ServerModel: [Range<UInt64>]] = [:]
        for (position, faults) in resolved {
            var overlaps = false
            for case .crash(let server, let start, let end, let disk, _) in faults {
                // What a crash takes back must not reach into an earlier life.
                var first = start
                if case .lostWrites(let last) = disk { first = start < last ? 0 : start - last }
                let window = first..<max(start, end ?? .max)
                overlaps = overlaps || crashes[server, default: []].contains { $0.overlaps(window) }
                crashes[server, default: []].append(window)
            }
            if overlaps {
                diagnostics.report("the server is down at that time already, by another fault", at: position)
            }
        }
        checkZones()
        checkFailover()
        return resolved.flatMap(\.faults)
    }

    /// Reports faults by which a chat server is taken to be down and a device does not notice, where devices send no heartbeats.
    private func checkFailover() {
        guard raw.system.balancing.healthChecks != nil, !raw.system.sendsHeartbeats else { return }
        let rule = "with `failover: on` devices must notice that their chat server is gone"
        for fault in raw.faults where fault.noticed == nil {
            switch fault.what {
            case .crash, .rollingRestart, .zoneLoss(_, isPowerLoss: true):
                diagnostics.report("\(rule): say when it is `noticed`, or let them send heartbeats", at: fault.position)
            case .host(_, .pause), .host(_, .slow), .link, .zoneLoss:
                diagnostics.report("\(rule), which they do by heartbeats when this happens", at: fault.position)
            case .host, .clockSet, .corruption, .reconnectStorm, nil: break
            }
        }
        if raw.randomFaults != nil, let position = raw.system.heartbeatPosition {
            diagnostics.report("\(rule), which they do by heartbeats when random faults strike", at: position)
        }
    }

    private func checkZones() {
        guard let position = raw.system.zonesPosition, !usesZones else { return }
        diagnostics.report("`zones` would have no effect: there is no `zone_loss` among the faults", at: position)
    }

    private var usesZones: Bool {
        if let random = raw.randomFaults,
            random.rates == nil || random.rates?.contains(where: { $0.kind == .zoneLoss }) == true
        {
            return true
        }
        return raw.faults.contains { if case .zoneLoss = $0.what { true } else { false } }
    }

    private func resolve(_ fault: RawFault) -> [FaultModel] {
        let start = fault.timeNanoseconds.value
        if start >= durationNanoseconds {
            diagnostics.report("the fault comes after the end of the run", at: fault.timeNanoseconds.position)
        }
        let end = fault.forNanoseconds.map { start + $0.value }
        switch fault.what {
        case .crash(let struck, let disk):
            let struck = servers(struck)
            switch disk {
            case .nothing: break
            case .tornWrite: requireLog(struck, at: fault.position, "`torn_write`")
            case .lostWrites: requireLog(struck, at: fault.position, "`lost_writes`")
            }
            checkNoticed(fault, struck)
            return struck.map {
                .crash(
                    server: $0, startNanoseconds: start, endNanoseconds: end, disk: disk, noticed: fault.noticed?.value)
            }
        case .rollingRestart(let struck, let every, let down):
            let struck = servers(struck)
            checkNoticed(fault, struck)
            return struck.enumerated().map { index, server in
                let begin = start + UInt64(index) * every
                return .crash(
                    server: server, startNanoseconds: begin, endNanoseconds: begin + down, noticed: fault.noticed?.value
                )
            }
        case .host(let struck, let trouble):
            let struck = servers(struck)
            switch trouble {
            case .pause, .slow: break
            case .slowDisk: requireDisk(struck, at: fault.position)
            case .fullDisk: requireLog(struck, at: fault.position, "`full_disk`")
            }
            return struck.map {
                .host(server: $0, trouble: trouble, startNanoseconds: start, endNanoseconds: end ?? start)
            }
        case .clockSet(let struck, let forward):
            let struck = servers(struck)
            require(
                struck, at: fault.position, "the fault would have no effect: an object store does not look at its clock"
            ) {
                if case .objectStore = $0 { false } else { true }
            }
            return struck.map {
                .clockSet(server: $0, forwardNanoseconds: forward, startNanoseconds: start)
            }
        case .corruption(let struck, let count):
            let struck = servers(struck)
            require(struck, at: fault.position, "`corrupt` strikes storage servers and data nodes") {
                switch $0 {
                case .storage, .dataNode: true
                default: false
                }
            }
            return struck.map { .corruption(server: $0, blockCount: count, startNanoseconds: start) }
        case .reconnectStorm(let struck):
            let struck = servers(struck)
            require(struck, at: fault.position, "`reconnect_storm` strikes chat servers") {
                if case .chatServer = $0 { true } else { false }
            }
            requireOpenConnections(at: fault.position)
            return struck.map { .reconnectStorm(server: $0, startNanoseconds: start) }
        case .zoneLoss(let zone, let isPowerLoss):
            return zoneLoss(zone, isPowerLoss: isPowerLoss, fault, start, end)
        case .link(let sources, let targets, .halfOpen, _):
            requireOpenConnections(at: fault.position)
            let (sources, targets) = (sources.compactMap(endpoint), targets.compactMap(endpoint))
            checkHalfOpen(sources, targets, at: fault.position)
            return [
                .halfOpen(
                    sources: sources, targets: targets, startNanoseconds: start, endNanoseconds: end ?? start)
            ]
        case .link(let sources, let targets, let way, let trouble):
            let (sources, targets) = (sources.compactMap(endpoint), targets.compactMap(endpoint))
            checkRequests(sources, targets, bothWays: way == .both, trouble, at: fault.position)
            return [
                .link(
                    sources: sources, targets: targets, bothWays: way == .both, trouble: trouble,
                    startNanoseconds: start, endNanoseconds: end ?? start)
            ]
        case nil: return []
        }
    }

    private func zoneLoss(
        _ zone: Located<UInt64>, isPowerLoss: Bool, _ fault: RawFault, _ start: UInt64, _ end: UInt64?
    ) -> [FaultModel] {
        guard zone.value <= raw.system.zoneCount, raw.system.zoneCount > 1 else {
            diagnostics.report(
                "there is no zone \(zone.value); `system.zones` is \(raw.system.zoneCount)", at: zone.position)
            return []
        }
        let lost = raw.system.servers(inZone: zone.value)
        guard !isPowerLoss else {
            checkNoticed(fault, lost)
            return lost.map {
                .crash(server: $0, startNanoseconds: start, endNanoseconds: end, noticed: fault.noticed?.value)
            }
        }
        if let position = fault.noticed?.position {
            diagnostics.report(
                "a zone that loses its network crashes no chat server; leave out `noticed`", at: position)
        }
        let gone = Set(lost)
        let others: [EndpointModel] =
            raw.system.servers.filter { !gone.contains($0) }.map(EndpointModel.server)
            + raw.users.indices.map(EndpointModel.user) + raw.populations.indices.map(EndpointModel.population)
        return [
            .link(
                sources: lost.map(EndpointModel.server), targets: others, bothWays: true,
                trouble: .loss(partsPerBillion: 1_000_000_000), startNanoseconds: start, endNanoseconds: end ?? start)
        ]
    }
}
