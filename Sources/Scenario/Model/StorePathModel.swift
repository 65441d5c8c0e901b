internal import Language

/// The way from a chat server to the storage and to other chat servers.
public struct StorePathModel: Hashable, Sendable {
    /// Who writes a chat server's rows.
    public enum Writer: Hashable, Sendable { case asynchronous, dedicated }

    /// Who writes a chat server's rows.
    public let writer: Writer
    /// Connections of a chat server to each storage server.
    public let poolConnections: UInt64
    /// How long the write of an acknowledged message waits, in nanoseconds.
    public let delayNanoseconds: UInt64
    /// How long a server may take to answer another, in nanoseconds.
    public let timeoutNanoseconds: UInt64
    /// When a server repeats a request to another. The budget is that of writes.
    public let retry: RetryModel
    /// How often to see whether a storage server takes rows of the log of failed requests, in nanoseconds; nothing if they are left
    /// there.
    public let replayPeriodNanoseconds: UInt64?

    /// Whether writes can fail for good, so that the chat servers have a log of those.
    public var hasFailedLog: Bool { retry.attemptsMax > 0 }
}

extension ValueKind where Value == StorePathModel {
    /// The section `store_path`.
    ///
    /// - Parameter isInBackground: Whether messages are acknowledged before they are stored.
    static func storePath(isInBackground: Bool) -> ValueKind {
        .section { reader in
            let delay = reader.optional(
                "delay", .duration(0...3_600_000_000_000), default: "0ms",
                "How long the write of an acknowledged message waits in the background.")
            if !isInBackground {
                reader.rejectIfGiven("delay", because: "with `acknowledge: after_store` no write is in the background")
            }
            let retry = reader.optional(
                "retry", .retry(first: "100ms", max: "5s", jitter: "0%", attempts: "0"), default: "{}",
                "When a request that was not answered is repeated. A write whose `attempts` are spent goes to the server's log of "
                    + "failed requests; other requests are never given up.")
            let replays = reader.optional(
                "replay", .choice([("on", true), ("off", false)]), default: "on",
                "Whether the log of failed requests is replayed, in order, once the storage answers again.")
            let probe = reader.optional(
                "probe", .duration(1_000_000...3_600_000_000_000), default: "1s",
                "How often a server sees whether a storage server takes the first row of the log of failed requests.")
            if retry.attemptsMax == 0 {
                for key in ["replay", "probe"] {
                    reader.rejectIfGiven(key, because: "no write is given up unless `retry` has `attempts`")
                }
            } else if !replays {
                reader.rejectIfGiven("probe", because: "with `replay: off` nothing is replayed")
            }
            return StorePathModel(
                writer: reader.optional(
                    "writer",
                    .choice([("asynchronous", StorePathModel.Writer.asynchronous), ("dedicated", .dedicated)]),
                    default: "asynchronous",
                    "`asynchronous`: as many writes at a time as there are connections; `dedicated`: one writer for each chat server, "
                        + "with one write outstanding to all storage servers together."),
                poolConnections: reader.optional(
                    "pool", .integer(1...60), default: "8",
                    "Connections of a chat server to each storage server, or cache server, and of that to each storage server; each carries one "
                        + "request at a time."),
                delayNanoseconds: delay,
                timeoutNanoseconds: reader.optional(
                    "timeout", .duration(1_000_000...3_600_000_000_000), default: "500ms",
                    "How long a storage server or another chat server may take to answer."),
                retry: retry, replayPeriodNanoseconds: retry.attemptsMax > 0 && replays ? probe : nil)
        }
    }
}
