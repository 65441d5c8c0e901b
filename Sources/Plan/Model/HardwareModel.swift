internal import Language

/// The servers that can be bought or rented, and how often they fail.
public struct HardwareModel: Hashable, Sendable {
    /// What holds the connections.
    public let chatServer: ServerModel
    /// What tells clients their server.
    public let loadBalancer: ServerModel
    /// What holds the caches.
    public let cacheServer: ServerModel
    /// What holds the shards.
    public let storageServer: ServerModel
    /// The disks of a storage server.
    public let disks: DisksModel
    /// How often servers fail.
    public let failures: FailuresModel
}

/// A kind of server.
public struct ServerModel: Hashable, Sendable {
    /// How many cores it has.
    public let cores: Sourced<Double>
    /// Its memory, in bytes.
    public let memoryBytes: Sourced<Double>
    /// Its network in each direction, in bytes per second.
    public let networkBytesPerSecond: Sourced<Double>
    /// What it costs in a month, in the currency of the plan, with power and space.
    public let pricePerMonth: Sourced<Double>
}

/// The disks of a storage server.
public struct DisksModel: Hashable, Sendable {
    /// All disks of a server together, in bytes.
    public let bytesPerServer: Sourced<Double>
    /// What they read or write together, in bytes per second.
    public let bytesPerSecond: Sourced<Double>
}

/// How often servers fail.
public struct FailuresModel: Hashable, Sendable {
    /// The mean time until a storage server is lost with its data, in seconds.
    public let meanLifeSeconds: Sourced<Double>
    /// The share of the time for which a storage server does not answer.
    public let storageUnavailability: Sourced<Double>
    /// How often a chat server is lost in a year.
    public let crashesPerYear: Sourced<Double>
    /// How often a chat server is restarted as planned in a year.
    public let restartsPerYear: Sourced<Double>
    /// How often a zone is lost in a year.
    public let zoneLossesPerYear: Sourced<Double>
    /// How long a client takes to see that its server is gone, in seconds.
    public let detectionSeconds: Sourced<Double>
}

extension HardwareModel {
    /// The section `hardware`.
    static func read(_ reader: PlanReader) -> HardwareModel {
        func server(_ key: String, _ meaning: String, _ cores: String, _ memory: String, _ price: String) -> ServerModel
        {
            reader.section(key, meaning) {
                ServerModel.read($0, cores: cores, memory: memory, network: "25Gbit/s", price: price)
            }
        }
        return HardwareModel(
            chatServer: server("chat_server", "What holds the connections.", "16", "64GiB", "400"),
            loadBalancer: server("load_balancer", "What tells clients their server.", "16", "32GiB", "350"),
            cacheServer: server("cache_server", "What holds the caches.", "16", "256GiB", "700"),
            storageServer: server("storage_server", "What holds the shards.", "32", "128GiB", "1_200"),
            disks: reader.section("disks", "The disks of a storage server.", DisksModel.read),
            failures: reader.section("failures", "How often servers fail.", FailuresModel.read))
    }
}

extension ServerModel {
    fileprivate static func read(
        _ reader: PlanReader, cores: String, memory: String, network: String, price: String
    ) -> ServerModel {
        let size = Reference.estimate("a common size of rented servers")
        return ServerModel(
            cores: reader.number(
                "cores", .count(1...1024), unit: "cores", default: cores, size, "How many cores it has."),
            memoryBytes: reader.number(
                "memory", .bytes(1_000_000...100_000_000_000_000), unit: "B", default: memory, size, "Its memory."),
            networkBytesPerSecond: reader.number(
                "network", .bytesPerSecond, unit: "B/s", default: network, size, "Its network in each direction."),
            pricePerMonth: reader.number(
                "price_per_month", .decimal(0...1_000_000), unit: "\(reader.record.currency)/month", default: price,
                .estimate("a server of this size, with power and space; put your own price here"),
                "What it costs in a month, in the currency of the plan."))
    }
}

extension DisksModel {
    fileprivate static func read(_ reader: PlanReader) -> DisksModel {
        DisksModel(
            bytesPerServer: reader.number(
                "size", .bytes(1_000_000_000...10_000_000_000_000_000), unit: "B", default: "48TB",
                .estimate("twelve disks of 4 TB"), "All disks of a server together."),
            bytesPerSecond: reader.number(
                "bandwidth", .bytesPerSecond, unit: "B/s", default: "1.8GB/s",
                .estimate("twelve disks of 150 MB/s"), "What they read or write together."))
    }
}

extension FailuresModel {
    fileprivate static func read(_ reader: PlanReader) -> FailuresModel {
        let times: NumberKind = .decimal(0...10_000)
        return FailuresModel(
            meanLifeSeconds: reader.number(
                "mean_life", .seconds(3_600_000_000_000...3_153_600_000_000_000_000), unit: "s", default: "35_040h",
                .estimate("four years, as the usual tables of durability take it"),
                "The mean time until a storage server is lost with its data."),
            storageUnavailability: reader.number(
                "storage_unavailability", .share(0...500_000_000), unit: "ratio", default: "1%",
                .estimate("restarts and repairs"),
                "The share of the time for which a storage server does not answer."),
            crashesPerYear: reader.number(
                "crashes_per_year", times, unit: "times/year", default: "2", .estimate("hardware, kernel and program"),
                "How often a chat server is lost in a year."),
            restartsPerYear: reader.number(
                "restarts_per_year", times, unit: "times/year", default: "52",
                .estimate(
                    "a release a week; planned events are about 1000 times as frequent as failures (Shard Manager, SOSP 2021)"
                ),
                "How often a chat server is restarted as planned in a year."),
            zoneLossesPerYear: reader.number(
                "zone_losses_per_year", times, unit: "times/year", default: "0.2", .estimate("one in five years"),
                "How often a zone is lost in a year."),
            detectionSeconds: reader.number(
                "detection", .seconds(1_000_000...3_600_000_000_000), unit: "s", default: "5s",
                .estimate("a heartbeat that is not answered"),
                "How long a client takes to see that its server is gone."))
    }
}
