public import Language

extension CostProfile {
    /// The changes to a plan that make work cost what the profile says. A plan counts in other pieces than messages: each of its costs is the
    /// sum of what is handled for it, and stays as it is if the profile does not give all of that.
    ///
    /// - Parameter file: The name of the profile's file, to tell where the costs come from.
    public func planOverrides(file: String) -> [Override] {
        Self.pieces.compactMap { piece in
            let parts = piece.kinds.map { nanoseconds(of: $0, on: piece.tier) }
            guard !parts.contains(nil) else { return nil }
            // A plan has no work that costs nothing.
            let sum = max(1, parts.reduce(0) { $0 + ($1 ?? 0) })
            return Override(
                path: ["costs", piece.key], value: "\(sum)ns",
                source: "\(file), \(piece.kinds.joined(separator: " + ")) of a \(piece.tier.title): \(source)")
        }
    }

    /// What a plan counts, and what is handled for it.
    private static let pieces: [(key: String, tier: TierName, kinds: [String])] = [
        // The sender's server takes the message, hands it on and hears of that, and has it stored in the sender's mailbox.
        ("cpu_per_send", .chatServer, ["submit", "forwarded", "put_done"]),
        // The recipient's server takes it, has it stored in the recipient's mailbox and pushes it.
        ("cpu_per_delivery", .chatServer, ["forward", "put_done"]),
        // The mailbox is loaded for who connects.
        ("cpu_per_connect", .chatServer, ["open", "rows_end"]),
        ("cpu_per_request", .chatServer, ["poll"]),
        ("cpu_per_presence_message", .chatServer, ["presence_changed"]),
        ("cpu_per_lookup", .loadBalancer, ["resolve"]),
        // A write, which is dearer than a read.
        ("cpu_per_cache_operation", .cache, ["put", "put_done"]),
    ]
}
