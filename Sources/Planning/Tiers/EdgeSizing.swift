internal import Plan

extension TierSizing {
    /// The load balancers, which tell every client its server, or through which everything goes.
    ///
    /// - Parameter reconnects: Connections in a second that have to be taken up after the loss of a zone.
    static func loadBalancers(
        _ plan: Plan, demand: DemandSizing, load: ChatServerLoad, reconnects: Figure
    ) -> TierSizing {
        let server = plan.hardware.loadBalancer
        let limits = plan.objectives.utilisation
        let policy = plan.policies.loadBalancers
        let lookups = Figure("cores busy with look-ups", "cores", demand.peakLogins * plan.costs.cpuPerLookup)
        let storm = Figure(
            "cores busy with look-ups after the loss of a zone", "cores", reconnects * plan.costs.cpuPerLookup)
        let isProxy = policy.path.value == .proxy
        let table = demand.connectedUsers * plan.costs.memoryPerMapping
        let memory = Figure(
            "memory of a table of all users", "B", isProxy ? table + load.memoryBytes : table)
        let answers = demand.peakLogins * Term.constant(2) * plan.costs.wireBytesPerRequest
        let bytes = Figure(
            "bytes on the wires of load balancers, peak", "B/s", isProxy ? answers + load.bytesPerSecond : answers)
        let cpu = ResourceDemand.cpu(lookups, of: server, within: limits)
        let others: [ResourceDemand] = [
            .memory(memory, of: server, within: limits), .network(bytes, of: server, within: limits),
        ]
        var needs =
            [
                ResourceNeed(
                    resource: .cpu,
                    servers: Figure(
                        "servers for the look-ups", "servers",
                        Term.largest([lookups / (server.cores * limits.cpu), storm / server.cores]).roundedUp))
            ] + others.map(\.need)
        if let each = policy.connectionsEach {
            needs.append(
                ResourceNeed(
                    resource: .connections,
                    servers: Figure("servers for the connections", "servers", (demand.openConnections / each).roundedUp)
                ))
        }
        let normal = Figure("with the resource that asks for the most", "servers", Term.largest(needs.map(\.servers)))
        let spreading = Spreading(
            zones: plan.policies.chatServers.zones, survivesZoneLoss: plan.policies.chatServers.survivesZoneLoss.value,
            spare: policy.spare, restartShare: nil)
        let steps = [normal] + spreading.steps(normal: normal, full: normal, tier: "load balancers")
        let count = steps[steps.count - 1]
        var uses = ([cpu] + others).map { $0.use(of: count) }
        if let each = policy.connectionsEach {
            uses.append(
                ResourceUse(
                    resource: .connections,
                    share: Figure("use of the connections", "ratio", demand.openConnections / (count * each))))
        }
        return TierSizing(name: "load balancers", steps: steps, needs: needs, uses: uses)
    }

    /// The cache servers; nothing if there is no cache.
    static func cacheServers(_ plan: Plan, demand: DemandSizing, storage: StorageLoad) -> TierSizing? {
        guard let contents = plan.policies.cache.contents else { return nil }
        let server = plan.hardware.cacheServer
        let limits = plan.objectives.utilisation
        let memory = Figure(
            "memory of what is cached", "B",
            demand.connectedUsers * contents.messagesPerUser * plan.demand.messages.storedBytes)
        let operations = Figure("reads and writes of the cache, peak", "operations/s", demand.peakReads + storage.rows)
        let cores = Figure("cores busy at the peak", "cores", operations * plan.costs.cpuPerCacheOperation)
        let bytes = Figure(
            "bytes on the wires of cache servers, peak", "B/s",
            (demand.peakReads * plan.policies.storage.pageRows + storage.rows) * plan.demand.messages.storedBytes)
        let demands: [ResourceDemand] = [
            .memory(memory, of: server, within: limits), .cpu(cores, of: server, within: limits),
            .network(bytes, of: server, within: limits),
        ]
        let needs = demands.map(\.need)
        let normal = Figure("with the resource that asks for the most", "servers", Term.largest(needs.map(\.servers)))
        let spreading = Spreading(
            zones: plan.policies.chatServers.zones, survivesZoneLoss: plan.policies.chatServers.survivesZoneLoss.value,
            spare: contents.spare, restartShare: nil)
        let steps = [normal] + spreading.steps(normal: normal, full: normal, tier: "cache servers")
        let count = steps[steps.count - 1]
        return TierSizing(
            name: "cache servers", steps: steps, needs: needs,
            uses: demands.map { $0.use(of: count) })
    }
}
