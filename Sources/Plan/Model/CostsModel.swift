internal import Language

/// What the work costs: a profile of one implementation, which `confab calibrate` can measure.
public struct CostsModel: Hashable, Sendable {
    /// CPU time to take a message from a client and hand it on, in seconds.
    public let cpuPerSend: Sourced<Double>
    /// CPU time to push a message to a client, in seconds.
    public let cpuPerDelivery: Sourced<Double>
    /// The squared coefficient of variation of those times.
    public let cpuVariation: Sourced<Double>
    /// CPU time to take up a connection, in seconds.
    public let cpuPerConnect: Sourced<Double>
    /// CPU time of a request of a client that polls, in seconds.
    public let cpuPerRequest: Sourced<Double>
    /// CPU time to push or answer one piece of news of who is online, in seconds.
    public let cpuPerPresenceMessage: Sourced<Double>
    /// CPU time for a load balancer to find a client's server, in seconds.
    public let cpuPerLookup: Sourced<Double>
    /// Memory of a load balancer to know where a connected user is, in bytes.
    public let memoryPerMapping: Sourced<Double>
    /// CPU time of a storage server for a row that is written or a page that is read, in seconds.
    public let cpuPerStorageOperation: Sourced<Double>
    /// CPU time of a read or write of a cache, in seconds.
    public let cpuPerCacheOperation: Sourced<Double>
    /// Cores that a million connections keep busy with nothing but coming and going.
    public let coresPerMillionConnections: Sourced<Double>
    /// Memory of a connection, in bytes.
    public let memoryPerConnection: Sourced<Double>
    /// Bytes on all wires of a server for a delivery.
    public let wireBytesPerDelivery: Sourced<Double>
    /// Bytes of a request or of its answer beside what it carries.
    public let wireBytesPerRequest: Sourced<Double>
    /// Bytes of one piece of news of who is online.
    public let wireBytesPerPresenceMessage: Sourced<Double>
    /// Rows that a storage server writes in a second.
    public let writesPerStorageServer: Sourced<Double>
    /// Pages that a storage server reads in a second.
    public let readsPerStorageServer: Sourced<Double>
    /// Rows that go to a storage server in one request.
    public let rowsPerStorageWrite: Sourced<Double>
    /// How many bytes a storage server writes in all for a byte that it is given: log, files and compaction.
    public let writeAmplification: Sourced<Double>
    /// How many requests a storage server works on at once.
    public let storageHandlers: Sourced<Double>
    /// The mean time of a write, in seconds.
    public let storageWriteMeanSeconds: Sourced<Double>
    /// The time that 99 of 100 writes do not exceed, in seconds.
    public let storageWriteP99Seconds: Sourced<Double>
    /// The time to put a message on a server's own log, in seconds.
    public let logSyncSeconds: Sourced<Double>
    /// The median time from server to server and back, in seconds.
    public let dataCenterRoundTripSeconds: Sourced<Double>
    /// The standard deviation of its logarithm.
    public let dataCenterSigma: Sourced<Double>
    /// The median time from a client to a server and back, in seconds.
    public let mobileRoundTripSeconds: Sourced<Double>
    /// The standard deviation of its logarithm.
    public let mobileSigma: Sourced<Double>
}

extension CostsModel {
    /// The section `costs`.
    static func read(_ reader: PlanReader) -> CostsModel {
        let cpu: NumberKind = .seconds(1...60_000_000_000)
        let time: NumberKind = .seconds(1_000...60_000_000_000)
        let bytes: NumberKind = .bytes(0...1_000_000_000)
        let rate: NumberKind = .decimal(0.001...100_000_000)
        let delivery = Reference.computed(
            "Centrifugo 2020: 30 of 40 cores for 467 K messages a second; Discord: 30 to 70 us for a send")
        let mean = reader.number(
            "storage_write_mean", time, unit: "s", default: "4ms",
            .read("a mean below 4 ms on a loaded cluster (besthub.dev)"),
            "The mean time that a handler works on a write.")
        let p99 = reader.number(
            "storage_write_p99", time, unit: "s", default: "20ms",
            .read("p99 below 20 ms on a loaded cluster (besthub.dev)"), "The time that 99 of 100 writes do not exceed.")
        // Of a lognormal law 99 of 100 are below exp(2.326^2 / 2) = 14.9 times the mean at most.
        if p99.value < mean.value || p99.value > 14.9 * mean.value {
            reader.section.report(
                "storage_write_p99", "`storage_write_p99` must be 1 to 14.9 times `storage_write_mean`")
        }
        return CostsModel(
            cpuPerSend: reader.number(
                "cpu_per_send", cpu, unit: "s", default: "64us", .estimate("as much as a delivery"),
                range: 30e-6...70e-6, "CPU time to take a message from a client and hand it on."),
            cpuPerDelivery: reader.number(
                "cpu_per_delivery", cpu, unit: "s", default: "64us", delivery, range: 30e-6...70e-6,
                "CPU time to push a message to a client."),
            cpuVariation: reader.number(
                "cpu_variation", .decimal(0...100), unit: "ratio", default: "1",
                .estimate("as of exponential times"),
                "The squared coefficient of variation of those times."),
            cpuPerConnect: reader.number(
                "cpu_per_connect", cpu, unit: "s", default: "3ms",
                .computed("Centrifugo 2020: 10 cores at 200 K connects and disconnects a minute; an upper bound"),
                "CPU time to take up a connection, with all that makes it safe."),
            cpuPerRequest: reader.number(
                "cpu_per_request", cpu, unit: "s", default: "64us", .estimate("as much as a delivery"),
                "CPU time of a request of a client that polls."),
            cpuPerPresenceMessage: reader.number(
                "cpu_per_presence_message", cpu, unit: "s", default: "30us",
                .estimate("the least that a send takes (Discord)"),
                "CPU time to push or answer one piece of news of who is online."),
            cpuPerLookup: reader.number(
                "cpu_per_lookup", cpu, unit: "s", default: "100us", .estimate("a request and its answer"),
                "CPU time for a load balancer to find a client's server."),
            memoryPerMapping: reader.number(
                "memory_per_mapping", .bytes(1...1_000_000), unit: "B", default: "64B",
                .estimate("a name, a server and the room between entries of a table"),
                "Memory of a load balancer to know where a connected user is."),
            cpuPerStorageOperation: reader.number(
                "cpu_per_storage_operation", cpu, unit: "s", default: "200us",
                .estimate("a tenth of the cores of a server that writes 20 K rows a second"),
                "CPU time of a storage server for a row that is written or a page that is read, compaction included."),
            cpuPerCacheOperation: reader.number(
                "cpu_per_cache_operation", cpu, unit: "s", default: "50us", .estimate("a request and its answer"),
                "CPU time of a read or write of a cache."),
            coresPerMillionConnections: reader.number(
                "cores_per_million_connections", .decimal(0...1000), unit: "cores", default: "10",
                .read("Centrifugo 2020, with 200 K connects and disconnects a minute"),
                "Cores that a million connections keep busy with nothing but coming and going."),
            memoryPerConnection: reader.number(
                "memory_per_connection", .bytes(1...100_000_000), unit: "B", default: "30kB",
                .computed("Centrifugo 2020: 27 GB for a million; WhatsApp: 36 to 64 KB"), range: 27e3...64e3,
                "Memory of a connection."),
            wireBytesPerDelivery: reader.number(
                "wire_bytes_per_delivery", bytes, unit: "B", default: "804B",
                .computed("Centrifugo 2020, all traffic of a server for a message of 100 bytes"),
                "Bytes on all wires of a server for a delivery."),
            wireBytesPerRequest: reader.number(
                "wire_bytes_per_request", bytes, unit: "B", default: "800B",
                .read("700 to 900 bytes of HTTP headers"), range: 700...900,
                "Bytes of a request, and as many of its answer, beside what they carry."),
            wireBytesPerPresenceMessage: reader.number(
                "wire_bytes_per_presence_message", bytes, unit: "B", default: "100B",
                .estimate("a name, a state and the headers of a packet"),
                "Bytes of one piece of news of who is online."),
            writesPerStorageServer: reader.number(
                "writes_per_storage_server", rate, unit: "rows/s", default: "20_000",
                .read("a cluster of 5 nodes with 100 G rows (besthub.dev)"),
                "Rows that a storage server writes in a second."),
            readsPerStorageServer: reader.number(
                "reads_per_storage_server", rate, unit: "pages/s", default: "10_000",
                .estimate("half as many as writes"), "Pages that a storage server reads in a second."),
            rowsPerStorageWrite: reader.number(
                "rows_per_storage_write", .decimal(1...100_000), unit: "rows/request", default: "16",
                .read("Facebook Messages 2011"), "Rows that go to a storage server in one request."),
            writeAmplification: reader.number(
                "write_amplification", .decimal(1...1000), unit: "ratio", default: "6",
                .estimate("the log, the flushed file, and each byte compacted about four times"),
                "How many bytes a storage server writes in all for a byte that it is given."),
            storageHandlers: reader.number(
                "storage_handlers", .count(1...10_000), unit: "handlers", default: "30", .read("hbase-default.xml"),
                "How many requests a storage server works on at once."),
            storageWriteMeanSeconds: mean, storageWriteP99Seconds: p99,
            logSyncSeconds: reader.number(
                "log_sync", time, unit: "s", default: "500us", .estimate("a solid-state disk"),
                "The time to put a message on a server's own log."),
            dataCenterRoundTripSeconds: reader.number(
                "data_center_round_trip", time, unit: "s", default: "500us", .read("the usual latency tables"),
                "The median time from server to server and back."),
            dataCenterSigma: reader.number(
                "data_center_sigma", .decimal(0.01...3), unit: "ratio", default: "0.5",
                .estimate("a lognormal law"), "The standard deviation of its logarithm."),
            mobileRoundTripSeconds: reader.number(
                "mobile_round_trip", time, unit: "s", default: "60ms",
                .estimate("Opensignal 2019: no country below 30 ms"), range: 30e-3...120e-3,
                "The median time from a client to a server and back."),
            mobileSigma: reader.number(
                "mobile_sigma", .decimal(0.01...3), unit: "ratio", default: "0.6", .estimate("a lognormal law"),
                "The standard deviation of its logarithm."))
    }
}
