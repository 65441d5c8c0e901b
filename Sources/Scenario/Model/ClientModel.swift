internal import Language

/// The program on every device.
struct ClientModel {
    let inFlight: UInt64
    let retry, reconnect: RetryModel
    let connectTimeout: UInt64
    let pages: PagesModel
}

extension ValueKind where Value == ClientModel {
    /// The section `client`.
    static var client: ValueKind {
        .section { reader in
            ClientModel(
                inFlight: reader.optional(
                    "in_flight", .integer(1...64), default: "1",
                    "How many messages a device may have submitted and not settled; with 1 none overtakes another."),
                retry: reader.optional(
                    "retry", .retry(first: "1s", max: "30s", jitter: "20%", attempts: "8"), default: "{}",
                    "When a device submits a message again that was not answered."),
                reconnect: reader.optional(
                    "reconnect", .retry(first: "500ms", max: "30s", jitter: "50%", attempts: "0"), default: "{}",
                    "When a device connects again."),
                connectTimeout: reader.optional(
                    "connect_timeout", .duration(1_000_000...3_600_000_000_000), default: "5s",
                    "How long a device waits for the answer to a request to connect."),
                pages: reader.pages())
        }
    }
}
