internal import Language

/// How messages are kept.
public struct StoragePolicy: Hashable, Sendable {
    /// What a shard holds at most, in bytes.
    public let shardBytes: Sourced<Double>
    /// Over how many logical shards the data is spread.
    public let logicalShards: Sourced<Double>
    /// By what data is put on shards.
    public let partitionBy: Sourced<PartitionPolicy>
    /// How often a message is kept: once, or in the mailbox of everybody who has it.
    public let mailboxes: Sourced<MailboxPolicy>
    /// How many messages or conversations are on a page.
    public let pageRows: Sourced<Double>
    /// What guards against the loss of servers.
    public let redundancy: Redundancy
    /// From which size on new data of a region is written to a file, in bytes.
    public let flushBytes: Sourced<Double>
    /// How old new data may be before it is written to a file, in seconds.
    public let flushSeconds: Sourced<Double>
    /// The share of the memory that new data of all regions may take.
    public let memstoreShare: Sourced<Double>
    /// The size at which a region is split, in bytes.
    public let regionBytes: Sourced<Double>
    /// How fast a server copies data when it moves or repairs a shard, in bytes per second.
    public let copyBytesPerSecond: Sourced<Double>
}

/// By what data is put on shards.
public enum PartitionPolicy: String, Hashable, Sendable, CaseIterable {
    /// All of a user's messages are on one shard.
    case userIdentifier = "user_id"
    /// Each message is anywhere.
    case messageIdentifier = "message_id"
}

/// How often a message is kept.
public enum MailboxPolicy: String, Hashable, Sendable, CaseIterable {
    /// Once.
    case shared
    /// In the mailbox of the sender and of each receiver.
    case perUser = "per_user"
}

/// What guards against the loss of servers.
public enum Redundancy: Hashable, Sendable {
    /// So many copies.
    case copies(Sourced<Double>)
    /// A Reed-Solomon code: fragments with data, and further ones, of which as many may be lost.
    case reedSolomon(dataFragments: Sourced<Double>, parityFragments: Sourced<Double>)
}

/// What is kept in memory.
public struct CachePolicy: Hashable, Sendable {
    /// Whether there is a cache.
    public let isOn: Sourced<Bool>
    /// What of each connected user is kept; nothing if there is no cache.
    public let contents: CacheContents?
}

/// What a cache keeps of each connected user.
public struct CacheContents: Hashable, Sendable {
    /// How many messages.
    public let messagesPerUser: Sourced<Double>
    /// Which share of the reads it answers.
    public let hitShare: Sourced<Double>
    /// How many cache servers may be lost at once, beside a zone.
    public let spare: Sourced<Double>
}

/// Where photos and videos are kept.
public struct MediaPolicy: Hashable, Sendable {
    /// Whether they are kept in an object store and messages refer to them, or in the messages.
    public let store: Sourced<MediaStore>
    /// How long the object store keeps them, in seconds; nothing if they are kept in the messages.
    public let retentionSeconds: Sourced<Double>?
}

/// Where photos and videos are kept.
public enum MediaStore: String, Hashable, Sendable, CaseIterable {
    /// In an object store.
    case objectStore = "object_store"
    /// In the messages.
    case inline
}

extension StoragePolicy {
    private static let hbase = Reference.read("hbase-default.xml")

    static func read(_ reader: PlanReader) -> StoragePolicy {
        StoragePolicy(
            shardBytes: reader.number(
                "shard_size", .bytes(1_000_000...1_000_000_000_000_000), unit: "B", default: "4TB",
                .read("the source design: \"if one DB shard is 4TB\""), "What a shard holds at most."),
            logicalShards: reader.number(
                "logical_shards", .count(1...10_000_000), unit: "shards", default: "1_000",
                .read("the source design: \"hash(UserID) % 1000\""), "Over how many logical shards the data is spread."),
            partitionBy: reader.choice(
                "partition_by", PartitionPolicy.allCases.map { ($0.rawValue, $0) }, default: "user_id",
                .read("the source design: \"partition based on the hash of the UserID\""),
                "By what data is put on shards."),
            mailboxes: reader.choice(
                "mailboxes", MailboxPolicy.allCases.map { ($0.rawValue, $0) }, default: "per_user",
                .computed(
                    "\"all messages of a user on the same database\" needs a copy for each user who has the message"),
                "Whether a message is kept once, or in the mailbox of its sender and of each receiver."),
            pageRows: reader.number(
                "page_rows", .count(1...10_000), unit: "rows/page", default: "20", .estimate("what a screen shows"),
                "How many messages or conversations are on a page."),
            redundancy: reader.section("redundancy", "What guards against the loss of servers.", redundancy),
            flushBytes: reader.number(
                "memstore_flush", .bytes(1_000...100_000_000_000), unit: "B", default: "128MiB", hbase,
                "From which size on new data of a region is written to a file."),
            flushSeconds: reader.number(
                "flush_interval", .seconds(1_000_000_000...2_592_000_000_000_000), unit: "s", default: "1h", hbase,
                "How old new data may be before it is written to a file."),
            memstoreShare: reader.number(
                "memstore_share", .share(1_000_000...900_000_000), unit: "ratio", default: "38%",
                .computed("hbase-default.xml: flushes begin at 95 % of the 40 % of the heap that new data may take"),
                "The share of the memory of a storage server that new data of all its regions may take."),
            regionBytes: reader.number(
                "region_size", .bytes(1_000_000...10_000_000_000_000), unit: "B", default: "10GiB", hbase,
                "The size at which a region is split."),
            copyBytesPerSecond: reader.number(
                "copy_bandwidth", .bytesPerSecond, unit: "B/s", default: "100MB/s",
                .read("hbase documentation: compaction is throttled to 50 to 100 MB/s"), range: 50e6...100e6,
                "How fast a server copies data when a shard is moved or repaired."))
    }

    private static func redundancy(_ reader: PlanReader) -> Redundancy {
        let fragments = reader.section.gives("data_fragments") || reader.section.gives("parity_fragments")
        guard fragments else {
            return .copies(
                reader.number(
                    "copies", .count(1...20), unit: "copies", default: "3", .read("hdfs-default.xml"),
                    "How many servers each hold all of a shard."))
        }
        reader.section.rejectIfGiven("copies", because: "the shards are kept in fragments")
        let data = reader.number(
            "data_fragments", .count(1...50), unit: "fragments", "How many fragments hold the data of a shard.")
        let parity = reader.number(
            "parity_fragments", .count(1...20), unit: "fragments",
            "How many more there are: so many may be lost.")
        return .reedSolomon(dataFragments: data, parityFragments: parity)
    }
}

extension CachePolicy {
    static func read(_ reader: PlanReader) -> CachePolicy {
        let isOn = reader.choice(
            "enabled", [("on", true), ("off", false)], default: "on", .read("the source design: caching"),
            "Whether there is a cache.")
        guard isOn.value else {
            for key in ["messages_per_user", "hit_share", "spare"] {
                reader.section.rejectIfGiven(key, because: "there is no cache")
            }
            return CachePolicy(isOn: isOn, contents: nil)
        }
        let contents = CacheContents(
            messagesPerUser: reader.number(
                "messages_per_user", .count(1...1_000_000), unit: "messages/user", default: "100",
                .estimate("the recent messages and conversations of a few screens"),
                "How many messages of each connected user are kept."),
            hitShare: reader.number(
                "hit_share", .share(0...1_000_000_000), unit: "ratio", default: "98%",
                .read("WhatsApp 2014: the cache of offline messages"), "Which share of the reads it answers."),
            spare: reader.number(
                "spare", .count(0...1000), unit: "servers", default: "1", .estimate("one that fails"),
                "How many cache servers may be lost at once, beside a zone."))
        return CachePolicy(isOn: isOn, contents: contents)
    }
}

extension MediaPolicy {
    static func read(_ reader: PlanReader) -> MediaPolicy {
        let store = reader.choice(
            "store", MediaStore.allCases.map { ($0.rawValue, $0) }, default: "object_store",
            .computed("photos and videos of all messages are a thousand times the text"),
            "Whether photos and videos are kept in an object store, to which messages refer, or in the messages.")
        guard store.value == .objectStore else {
            reader.section.rejectIfGiven("retention", because: "what is in a message is kept with it")
            return MediaPolicy(store: store, retentionSeconds: nil)
        }
        return MediaPolicy(
            store: store,
            retentionSeconds: reader.number(
                "retention", .seconds(3_600_000_000_000...3_153_600_000_000_000_000), unit: "s", default: "30d",
                .estimate("until all devices have fetched it"), "How long the object store keeps them."))
    }
}
