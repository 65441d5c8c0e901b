internal import Language

/// Who recognises a message that comes again under the same idempotency key.
public struct DeduplicationModel: Hashable, Sendable {
    /// Whether chat servers do, among the newest rows of the mailbox.
    public let servers: Bool
    /// Whether devices do, among the messages that they showed lately.
    public let devices: Bool
}

extension ValueKind where Value == DeduplicationModel {
    /// The section `system.deduplication`.
    static func deduplication(hasLog: Bool) -> ValueKind {
        .section { reader in
            let servers = reader.optional(
                "servers", .onOff, default: "on",
                "Whether a chat server recognises a message that is submitted or forwarded again, and does nothing but answer."
            )
            if hasLog, !servers {
                reader.report(
                    "servers",
                    "with `acknowledge: after_log` duplicates are recognised: the log knows a message by its key")
            }
            return DeduplicationModel(
                servers: servers,
                devices: reader.optional(
                    "devices", .onOff, default: "on",
                    "Whether a device that is handed a message at two places of its mailbox shows it once."))
        }
    }
}
