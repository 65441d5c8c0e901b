/// The figures about shards and their copies.
enum ShardFigures {
    static let moves = MetricDefinition(
        "sharding.moves", unit: "shards", "Shards of which a copy was moved to another server.")
    static let movesAbandoned = MetricDefinition(
        "sharding.abandoned", unit: "shards", "Copies that were begun and given up because a server was lost.")
    static let lookUps = MetricDefinition(
        "sharding.look_ups", unit: "requests", "How often the coordinator was asked who has a shard.")
    static let servers = MetricDefinition(
        "sharding.servers", unit: "servers", "Storage servers that may have shards in the end.")
    static let shardsMost = MetricDefinition(
        "sharding.shards_per_server_most", unit: "shards", combination: .greatest,
        "Shards, with copies, of the server that has the most in the end.")
    static let shardsFewest = MetricDefinition(
        "sharding.shards_per_server_fewest", unit: "shards", combination: .greatest,
        "Shards, with copies, of the server that has the fewest in the end.")
    static let rowsMoved = MetricDefinition(
        "sharding.rows_moved", unit: "rows", "Rows that were sent to servers that take shards over.")
    static let bytesMoved = MetricDefinition(
        "sharding.bytes_moved", unit: "bytes", "Bytes of those rows, as they are on a disk.")
    static let caughtUp = MetricDefinition(
        "sharding.records_caught_up", unit: "records", "Log records that followed rows until a copy was up to date.")
    static let redirects = MetricDefinition(
        "sharding.redirects", unit: "requests", "Requests that were answered with the server that has the shard now.")
    static let forwards = MetricDefinition(
        "sharding.forwards", unit: "requests", "Requests that were handed to the server that has the shard now.")
    static let pages = MetricDefinition(
        "sharding.pages", unit: "pages", "Pages of mailboxes that chat servers asked the storage for.")
    static let pageRequests = MetricDefinition(
        "sharding.page_requests", unit: "requests", "Requests to storage servers that those pages took.")
    static let pageShards = MetricDefinition(
        "sharding.page_shards", unit: "shards", "Logical shards that were looked into for those pages.")
    static let pageShardsMost = MetricDefinition(
        "sharding.page_shards_most", unit: "shards", combination: .greatest,
        "The most logical shards that were looked into for one page.")
    static let promotions = MetricDefinition(
        "replication.promotions", unit: "shards", "Shards whose primary was lost and replaced by a copy.")
    static let copiesMade = MetricDefinition(
        "replication.copies_made", unit: "shards", "Copies that were made anew in place of lost ones.")
    static let repairRows = MetricDefinition(
        "replication.repair_rows", unit: "rows", "Rows that were sent to make copies anew.")
    static let repairBytes = MetricDefinition(
        "replication.repair_bytes", unit: "bytes", "Bytes of those rows, as they are on a disk.")
    static let bytesStored = MetricDefinition(
        "replication.bytes_stored", unit: "bytes", "Bytes of the rows of all copies in the end.")
    static let bytesLogical = MetricDefinition(
        "replication.bytes_logical", unit: "bytes", "Bytes of the rows in the end, each counted once.")
}
