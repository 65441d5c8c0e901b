/// One measurement of the kernel.
public struct KernelBenchmark: Encodable, Sendable {
    /// How many processes.
    public let processes: UInt32
    /// How many first events for each.
    public let eventsPerProcess: UInt32
    /// How many threads, and partitions.
    public let threads: Int
    /// Events per second.
    public let eventsPerSecond: Double
    /// Events per second of the same handler over a plain array without any order, on one thread.
    public let limitPerSecond: Double
    /// The same, where that loop too asks for memory ahead of its use.
    public let limitAheadPerSecond: Double
    /// Bytes that the pending events take, over their number: 64 each, and what it takes to keep them in order.
    public let bytesPerEvent: Double
    /// The digest of the run.
    public let digest: String
    /// Events per second over those without any order.
    public var ratio: Double { eventsPerSecond / limitPerSecond }
    /// The same, where the loop without order asks for memory ahead.
    public var ratioAhead: Double { eventsPerSecond / limitAheadPerSecond }

    enum CodingKeys: String, CodingKey {
        case processes, threads, digest, ratio
        case eventsPerProcess = "events_per_process"
        case eventsPerSecond = "events_per_second"
        case limitPerSecond = "limit_per_second"
        case limitAheadPerSecond = "limit_ahead_per_second"
        case ratioAhead = "ratio_ahead"
        case bytesPerEvent = "bytes_per_event"
    }

    /// Puts a measurement together.
    public init(
        processes: UInt32, eventsPerProcess: UInt32, threads: Int, eventsPerSecond: Double, limitPerSecond: Double,
        limitAheadPerSecond: Double, bytesPerEvent: Double, digest: String
    ) {
        self.processes = processes
        self.eventsPerProcess = eventsPerProcess
        self.threads = threads
        self.eventsPerSecond = eventsPerSecond
        self.limitPerSecond = limitPerSecond
        self.limitAheadPerSecond = limitAheadPerSecond
        self.bytesPerEvent = bytesPerEvent
        self.digest = digest
    }

    /// Encodes every key, the ratios included.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(processes, forKey: .processes)
        try container.encode(eventsPerProcess, forKey: .eventsPerProcess)
        try container.encode(threads, forKey: .threads)
        try container.encode(eventsPerSecond, forKey: .eventsPerSecond)
        try container.encode(limitPerSecond, forKey: .limitPerSecond)
        try container.encode(ratio, forKey: .ratio)
        try container.encode(limitAheadPerSecond, forKey: .limitAheadPerSecond)
        try container.encode(ratioAhead, forKey: .ratioAhead)
        try container.encode(bytesPerEvent, forKey: .bytesPerEvent)
        try container.encode(digest, forKey: .digest)
    }

    private static let widths = [11, 7, 8, 12, 12, 6, 12, 6, 12]

    /// What stands above the lines of a table of measurements.
    public static let header =
        line(["processes", "events", "threads", "events/s", "limit/s", "ratio", "ahead/s", "ratio", "bytes/event"])
        + "  digest\n"

    /// A line of the table.
    public var text: String {
        Self.line([
            NumberText.grouped(UInt64(processes)), "\(eventsPerProcess)", "\(threads)",
            NumberText.grouped(UInt64(eventsPerSecond)), NumberText.grouped(UInt64(limitPerSecond)),
            NumberText.decimal(ratio, decimals: 2), NumberText.grouped(UInt64(limitAheadPerSecond)),
            NumberText.decimal(ratioAhead, decimals: 2), NumberText.decimal(bytesPerEvent, decimals: 0),
        ]) + "  \(digest)\n"
    }

    private static func line(_ cells: [String]) -> String {
        zip(cells, widths).map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }.joined()
    }
}
