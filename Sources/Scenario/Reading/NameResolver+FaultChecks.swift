internal import Language

/// Whether faults can strike what they are said to strike.
extension NameResolver {
    /// Reports servers that a fault does not strike.
    func require(
        _ servers: [ServerModel], at position: SourcePosition, _ rule: String, _ isStruck: (ServerModel) -> Bool
    ) {
        guard let other = servers.first(where: { !isStruck($0) }) else { return }
        diagnostics.report("\(rule), and `\(other.name)` is none of them", at: position)
    }

    /// Reports servers without a log that a crash or a full disk can leave in two minds.
    func requireLog(_ servers: [ServerModel], at position: SourcePosition, _ what: String) {
        let hasLog = raw.system.chatServersLog
        require(
            servers, at: position,
            "\(what) strikes storage servers" + (hasLog ? " and chat servers" : ", and chat servers that keep a log")
        ) {
            switch $0 {
            case .storage: true
            case .chatServer: hasLog
            default: false
            }
        }
    }

    /// Reports servers without a disk.
    func requireDisk(_ servers: [ServerModel], at position: SourcePosition) {
        let hasLog = raw.system.chatServersLog
        require(servers, at: position, "`slow_disk` strikes servers that use a disk") {
            switch $0 {
            case .storage, .coordinator, .dataNode, .objectStore: true
            case .chatServer: hasLog
            case .loadBalancer, .cache: false
            }
        }
    }

    /// Reports a fault of open connections where none stays open.
    func requireOpenConnections(at position: SourcePosition) {
        guard raw.system.connection.model != .websocket else { return }
        diagnostics.report(
            "devices have connections that can break only with `connection.model: websocket`", at: position)
    }

    /// Reports that devices notice a crash where they have no connections that could be gone with it.
    func checkNoticed(_ fault: RawFault, _ struck: [ServerModel]) {
        guard let position = fault.noticed?.position else { return }
        if !struck.contains(where: { if case .chatServer = $0 { true } else { false } }) {
            diagnostics.report("`noticed` would have no effect: the fault strikes no chat server", at: position)
        }
        requireOpenConnections(at: position)
    }

    /// Reports a half-open partition of anything but devices and chat servers.
    func checkHalfOpen(_ sources: [EndpointModel], _ targets: [EndpointModel], at position: SourcePosition) {
        let kinds = [sources, targets].map { Set($0.map(\.kind)) }
        guard kinds.allSatisfy({ !$0.isEmpty }), kinds != [[.device], [.chatServer]],
            kinds != [[.chatServer], [.device]]
        else { return }
        diagnostics.report(
            "a half-open partition is between devices and chat servers, which keep connections", at: position)
    }

    /// Reports duplication or reordering between sides that send each other no requests that stand for themselves.
    func checkRequests(
        _ sources: [EndpointModel], _ targets: [EndpointModel], bothWays: Bool, _ trouble: FaultModel.LinkTrouble,
        at position: SourcePosition
    ) {
        switch trouble {
        case .loss, .delay, .clog: return
        case .duplicate, .reorder: break
        }
        guard !sources.isEmpty, !targets.isEmpty else { return }
        let isAny = sources.contains { source in
            targets.contains { target in
                raw.system.sendsRequests(source.kind, to: target.kind)
                    || bothWays && raw.system.sendsRequests(target.kind, to: source.kind)
            }
        }
        guard !isAny else { return }
        diagnostics.report(
            "nothing between these sides is a request of its own: connections that stay open keep their order, and repeat nothing",
            at: position)
    }
}
