internal import Language

/// The network.
public struct NetworkModel: Hashable, Sendable {
    /// A kind of link.
    public struct Link: Hashable, Sendable {
        /// How long a message takes, in nanoseconds.
        public let latencyNanoseconds: DistributionModel
        /// How many messages are lost, in parts per billion.
        public let lossPartsPerBillion: UInt64
        /// The bandwidth of a connection in each direction, in bytes per second; zero for no limit.
        public let bytesPerSecond: UInt64
    }

    /// Between devices and servers.
    public let lastMile: Link
    /// Between servers.
    public let dataCenter: Link
}

extension ValueKind where Value == NetworkModel {
    /// The section `network`.
    static var network: ValueKind {
        .section { reader in
            NetworkModel(
                lastMile: reader.optional(
                    "last_mile", .link("{ lognormal: { median: 30ms, p99: 120ms, at_least: 1ms } }"), default: "{}",
                    "The links between devices and servers."),
                dataCenter: reader.optional(
                    "data_center", .link("{ lognormal: { median: 250us, p99: 800us, at_least: 50us } }"), default: "{}",
                    "The links between servers."))
        }
    }
}

extension ValueKind where Value == NetworkModel.Link {
    fileprivate static func link(_ latency: String) -> ValueKind {
        .section { reader in
            NetworkModel.Link(
                latencyNanoseconds: reader.optional(
                    "latency", .timeDistribution, default: latency, "How long a message takes one way."),
                lossPartsPerBillion: reader.optional("loss", .ratio, default: "0%", "How many messages are lost."),
                bytesPerSecond: reader.optional(
                    "bandwidth", .bandwidth, default: "none", "The bandwidth of a connection in each direction."))
        }
    }
}
