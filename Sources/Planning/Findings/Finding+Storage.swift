internal import Plan
internal import Reporting

extension Finding {
    /// Where the storage is not what it seems.
    static func storage(_ sizing: Sizing) -> [Finding] {
        [
            fullShards(sizing), mailboxes(sizing), partition(sizing), flush(sizing), code(sizing),
            tooManyServers(sizing), moves(sizing),
        ]
        .compactMap(\.self)
    }

    /// The shards are too full for compaction.
    private static func fullShards(_ sizing: Sizing) -> Finding? {
        let storage = sizing.last.storage
        let limit = sizing.plan.objectives.utilisation.disk
        guard storage.fullestShardFill.value > limit.value else { return nil }
        let isOver = storage.fullestShardFill.value > 1
        return Finding(
            identifier: "full-shards", severity: isOver ? .critical : .warning,
            title: isOver ? "The shards do not hold the data" : "The shards are too full",
            text: "After year \(sizing.last.year) \(storage.logicalBytes.text) are \(storage.shardsFull.text): the "
                + "\(NumberText.decimal(sizing.plan.policies.storage.logicalShards.value, decimals: 0)) logical shards are "
                + "\(percent(storage.shardFill.value)) full, the fullest \(percent(storage.fullestShardFill.value)). Compaction "
                + "writes files anew before it deletes the old ones and needs room; \(percent(limit.value)) are allowed. More logical "
                + "shards cost nothing at the start.",
            figures: [storage.logicalBytes, storage.shardsFull, storage.shardFill, storage.fullestShardFill])
    }

    /// All messages of a user are to be on his shard, and messages are counted once.
    private static func mailboxes(_ sizing: Sizing) -> Finding? {
        let plan = sizing.plan
        let policy = plan.policies.storage
        guard policy.partitionBy.value == .userIdentifier, policy.mailboxes.value == .shared else { return nil }
        let year = sizing.last
        let copies = Figure(
            "mailboxes that keep a message", "mailboxes/message", Term.constant(1) + plan.demand.deliveriesPerMessage)
        let bytes = Figure("bytes stored in mailboxes", "B", year.storage.logicalBytes * copies)
        let writes = Figure("rows written to mailboxes, mean", "rows/s", year.demand.meanSends * copies)
        return Finding(
            identifier: "mailbox-copies", severity: .critical,
            title: "A user's shard needs a copy of each message that he got",
            text:
                "Shards are chosen by user, so that all messages of a user are on one: then each message is in the mailbox of its sender and of "
                + "\(NumberText.automatic(plan.demand.deliveriesPerMessage.value)) receivers. That is \(bytes.text) instead of "
                + "\(year.storage.logicalBytes.text), and \(writes.text) on average. Set `policies.storage.mailboxes: per_user`.",
            figures: [copies, bytes, writes])
    }

    /// A page is on as many shards as it has messages.
    private static func partition(_ sizing: Sizing) -> Finding? {
        let policy = sizing.plan.policies.storage
        guard policy.partitionBy.value == .messageIdentifier else { return nil }
        let reads = sizing.last.storage.load.reads
        return Finding(
            identifier: "scattered-pages", severity: .warning, title: "Every page is gathered from many shards",
            text:
                "Shards are chosen by message, so that a page of \(NumberText.automatic(policy.pageRows.value)) messages asks as many shards: "
                + "\(reads.text), and each page is as slow as the slowest of them. `policies.storage.partition_by: user_id` asks one.",
            figures: [reads])
    }

    /// Files are flushed by the clock long before they are large.
    private static func flush(_ sizing: Sizing) -> Finding? {
        let flush = sizing.last.storage.flush
        let policy = sizing.plan.policies.storage
        guard flush.trigger == .age, flush.fileBytes.value * 10 < policy.flushBytes.value else { return nil }
        return Finding(
            identifier: "flush-by-age", severity: .warning, title: "The clock decides when files are written",
            text: "A full shard has \(flush.regions.text), each with \(flush.bytesPerRegionAndDay.text) of new data: "
                + "\(ReportNumber(policy.flushBytes.value, "B").text) would take \(flush.secondsToSize.text). "
                + "So it is flushed every \(ReportNumber(policy.flushSeconds.value, "s").text), in files of \(flush.fileBytes.text), "
                + "and compaction has the work. Larger regions or rarer flushes help.",
            figures: [flush.regions, flush.bytesPerRegionAndDay, flush.secondsToSize, flush.fileBytes])
    }

    /// The code of the plan is read worse than copies would be.
    private static func code(_ sizing: Sizing) -> Finding? {
        let options = sizing.last.reliability.options
        guard case .reedSolomon = sizing.plan.policies.storage.redundancy,
            let copies = options.first(where: { $0.name == "3 copies" }), let own = options.first,
            own.readUnavailability.value > copies.readUnavailability.value
        else { return nil }
        return Finding(
            identifier: "code-less-available", severity: .warning,
            title: "\(own.name) is less available than three copies",
            text:
                "\(own.name) is read only if enough of its fragments answer: it is away for \(NumberText.significant(own.readUnavailability.value, digits: 3)) of "
                + "the time, three copies for \(NumberText.significant(copies.readUnavailability.value, digits: 3)). It stores \(own.rawBytes.text) instead of "
                + "\(copies.rawBytes.text), and reads \(NumberText.automatic(own.repairReads.value)) bytes to repair one.",
            figures: [
                own.readUnavailability, copies.readUnavailability, own.rawBytes, copies.rawBytes, own.repairReads,
            ])
    }

    /// There are more servers than shards to put on them.
    private static func tooManyServers(_ sizing: Sizing) -> Finding? {
        let storage = sizing.last.storage
        let replicas = Figure(
            "copies or fragments of shards", "replicas",
            sizing.plan.policies.storage.logicalShards * sizing.plan.policies.storage.redundancy.replicas)
        guard storage.servers.servers.value > replicas.value else { return nil }
        return Finding(
            identifier: "too-few-shards", severity: .critical, title: "There are too few logical shards",
            text:
                "\(storage.servers.servers.text) have only \(replicas.text) to share: some would hold nothing. Plan more logical shards from the start.",
            figures: [storage.servers.servers, replicas])
    }

    /// The shards move for longer than a month.
    private static func moves(_ sizing: Sizing) -> Finding? {
        let slowest = sizing.years.reduce(sizing.years[0]) {
            $1.storage.moves.seconds.value > $0.storage.moves.seconds.value ? $1 : $0
        }
        let moves = slowest.storage.moves
        guard moves.seconds.value > 30 * 86_400 else { return nil }
        return Finding(
            identifier: "slow-moves", severity: .warning, title: "Shards move for more than a month",
            text:
                "In year \(slowest.year) \(moves.addedServers.text) are added, and \(moves.bytes.text) move to them in \(moves.seconds.text). "
                + "Add servers in smaller steps, or allow a higher bandwidth.",
            figures: [moves.addedServers, moves.bytes, moves.seconds])
    }
}
