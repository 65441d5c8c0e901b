internal import Capacity
internal import Plan

/// What the storage does in a second at the peak.
public struct StorageLoad: Hashable, Sendable {
    /// How often a message is kept, before copies of shards.
    public let mailboxCopies: Figure
    /// The bytes that a message takes in one mailbox.
    public let messageBytes: Figure
    /// Rows that are written.
    public let rows: Figure
    /// Pages that are read, each counted for each server that has to be asked.
    public let reads: Figure
    /// Bytes that are new in a day, before copies of shards.
    public let bytesPerDay: Figure

    init(_ plan: Plan, demand: DemandSizing) {
        let policy = plan.policies.storage
        let one = Term.constant(1)
        let copies = policy.mailboxes.value == .perUser ? one + plan.demand.deliveriesPerMessage : one
        mailboxCopies = Figure("mailboxes that keep a message", "mailboxes/message", copies)
        let text = plan.demand.messages.storedBytes.term
        messageBytes = Figure(
            "bytes of a stored message", "B",
            plan.policies.media.store.value == .inline ? text + plan.demand.media.share * plan.demand.media.bytes : text
        )
        rows = Figure("rows written, peak", "rows/s", demand.peakSends * mailboxCopies)
        var reads = demand.peakReads.term
        if let cache = plan.policies.cache.contents { reads = reads * (one - cache.hitShare) }
        if policy.partitionBy.value == .messageIdentifier { reads = reads * policy.pageRows }
        self.reads = Figure("pages read from the storage, peak", "pages/s", reads)
        bytesPerDay = Figure(
            "new bytes a day", "B/d", demand.meanSends * Term.constant(86_400) * mailboxCopies * messageBytes)
    }
}

/// The storage at the end of a year.
public struct StorageSizing: Hashable, Sendable {
    /// What it does in a second.
    public let load: StorageLoad
    /// What is stored, before copies of shards.
    public let logicalBytes: Figure
    /// What is stored with all copies or fragments.
    public let rawBytes: Figure
    /// How many shards would be full.
    public let shardsFull: Figure
    /// How full a shard is on average.
    public let shardFill: Figure
    /// How full the fullest shard is, if users are hashed over the shards.
    public let fullestShardFill: Figure
    /// The physical servers.
    public let servers: TierSizing
    /// What moves from the servers of the year before to those of this one.
    public let moves: ShardMoves
    /// When new data is written to files.
    public let flush: FlushSizing
}

/// What moves when servers are added.
public struct ShardMoves: Hashable, Sendable {
    /// How many servers are added.
    public let addedServers: Figure
    /// How many copies or fragments of shards move.
    public let movedReplicas: Figure
    /// How many bytes move.
    public let bytes: Figure
    /// How long the new servers take to fetch them, in seconds.
    public let seconds: Figure
}

extension Redundancy {
    /// What is stored for each byte: the number of copies, or all fragments over those with data.
    var overhead: Term {
        switch self {
        case .copies(let copies): copies.term
        case .reedSolomon(let data, let parity): (data + parity) / data
        }
    }

    /// On how many servers a shard is.
    var replicas: Term {
        switch self {
        case .copies(let copies): copies.term
        case .reedSolomon(let data, let parity): data + parity
        }
    }
}

extension StorageSizing {
    /// The storage at the end of a year.
    ///
    /// - Parameters:
    ///   - previous: The storage of the year before; nothing for now, when it is empty.
    ///   - meanSends: Messages in a second, averaged over the year.
    init(_ plan: Plan, demand: DemandSizing, meanSends: Figure?, previous: StorageSizing?) {
        let policy = plan.policies.storage
        load = StorageLoad(plan, demand: demand)
        if let previous, let meanSends {
            let year = Figure("seconds of a year", "s", Term.constant(86_400) * Term.constant(365))
            let new = Figure(
                "new bytes in the year", "B", meanSends * year * load.mailboxCopies * load.messageBytes)
            logicalBytes = Figure(
                "bytes stored once", "B", previous.logicalBytes.ofYearBefore(named: "bytes stored once before") + new)
        } else {
            logicalBytes = Figure("bytes stored once", "B", Term.constant(0))
        }
        rawBytes = Figure("bytes stored with all copies", "B", logicalBytes * policy.redundancy.overhead)
        shardsFull = Figure("full shards", "shards", logicalBytes / policy.shardBytes)
        shardFill = Figure("fill of a shard", "ratio", shardsFull / policy.logicalShards)
        let users = max(1, Int(demand.users.value))
        let shards = Int(policy.logicalShards.value)
        let unevenness = Figure(
            "fullest shard over the mean", "ratio",
            Term.model(
                "expected maximum by hash over the mean",
                "tails of the binomial law; the problem: Raab and Steger (1998)",
                of: [demand.users, policy.logicalShards],
                MaximumLoad(users: users, servers: shards).expected / (Double(users) / Double(shards))))
        fullestShardFill = Figure("fill of the fullest shard", "ratio", shardFill * unevenness)
        servers = Self.servers(plan, load: load, raw: rawBytes, previous: previous?.servers)
        moves = ShardMoves(plan, previous: previous, servers: servers.servers)
        flush = FlushSizing(plan, load: load, servers: servers.servers)
    }

    private static func servers(_ plan: Plan, load: StorageLoad, raw: Figure, previous: TierSizing?) -> TierSizing {
        let disks = plan.hardware.disks
        let limits = plan.objectives.utilisation
        let costs = plan.costs
        let policy = plan.policies.storage
        let written = Figure(
            "bytes that the disks write, peak", "B/s",
            load.rows * load.messageBytes * policy.redundancy.overhead * costs.writeAmplification)
        let server = plan.hardware.storageServer
        let cores = Figure(
            "cores of the storage busy at the peak", "cores", (load.rows + load.reads) * costs.cpuPerStorageOperation)
        let wires = Figure(
            "bytes on the wires of storage servers, peak", "B/s",
            load.rows * load.messageBytes * policy.redundancy.overhead
                + load.reads * policy.pageRows * plan.demand.messages.storedBytes)
        let demands: [ResourceDemand] = [
            ResourceDemand(
                resource: .writes, name: "writes", amount: load.rows, each: costs.writesPerStorageServer,
                limit: limits.cpu),
            ResourceDemand(
                resource: .reads, name: "reads", amount: load.reads, each: costs.readsPerStorageServer,
                limit: limits.cpu),
            ResourceDemand(
                resource: .diskBandwidth, name: "bandwidth of the disks", amount: written, each: disks.bytesPerSecond,
                limit: limits.disk), .cpu(cores, of: server, within: limits),
            .network(wires, of: server, within: limits),
        ]
        let needs =
            [
                ResourceNeed(
                    resource: .disk,
                    servers: Figure(
                        "servers for the bytes", "servers", (raw / (disks.bytesPerServer * limits.disk)).roundedUp))
            ] + demands.map(\.need)
        let normal = Figure("with the resource that asks for the most", "servers", Term.largest(needs.map(\.servers)))
        let spread = Figure(
            "so many that each copy or fragment of a shard is on another, and one may fail", "servers",
            Term.largest([normal, policy.redundancy.replicas + Term.constant(1)]))
        var steps = [normal, spread]
        if let previous {
            steps.append(
                Figure(
                    "no fewer than the year before", "servers",
                    Term.largest([spread, previous.servers.ofYearBefore(named: "storage servers before")])))
        }
        let zones = plan.policies.chatServers.zones
        let count = Figure("storage servers", "servers", (steps[steps.count - 1] / zones).roundedUp * zones)
        steps.append(count)
        return TierSizing(
            name: "storage servers", steps: steps, needs: needs,
            uses: [
                ResourceUse(
                    resource: .disk, share: Figure("use of the disks", "ratio", raw / (count * disks.bytesPerServer)))
            ] + demands.map { $0.use(of: count) })
    }
}

extension ShardMoves {
    fileprivate init(_ plan: Plan, previous: StorageSizing?, servers: Figure) {
        let policy = plan.policies.storage
        let before = (previous?.servers.servers ?? servers).ofYearBefore(named: "storage servers before")
        addedServers = Figure("servers added", "servers", servers - before)
        let replicas = Figure(
            "copies or fragments of shards", "replicas", policy.logicalShards * policy.redundancy.replicas)
        // Each server keeps its even share: the new ones take theirs from all of the old ones, and nothing else moves.
        movedReplicas = Figure(
            "copies or fragments that move", "replicas", (replicas * addedServers / servers).roundedUp)
        let stored = (previous?.rawBytes ?? Figure("", "B", Term.constant(0))).ofYearBefore(
            named: "bytes stored before")
        bytes = Figure("bytes that move", "B", stored * addedServers / servers)
        let rate = Figure(
            "bytes in a second that the new servers fetch", "B/s",
            Term.largest([addedServers, Term.constant(1)]) * policy.copyBytesPerSecond)
        seconds = Figure("time to move them", "s", bytes / rate)
    }
}
