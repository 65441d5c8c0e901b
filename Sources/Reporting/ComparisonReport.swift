/// Two runs side by side: what the figures of two designs are under the same load.
public struct ComparisonReport: Encodable, Sendable {
    /// A figure in both runs.
    public struct Row: Encodable, Sendable {
        /// What it is called.
        public var name: String
        /// What it is counted in.
        public var unit: String
        /// Its value in the first run; null if that has no such figure.
        public var left: Double?
        /// Its value in the second run; null if that has no such figure.
        public var right: Double?
        /// The second over the first; null where that says nothing.
        public var ratio: Double?

        init(_ name: String, unit: String, _ left: Double?, _ right: Double?) {
            self.name = name
            self.unit = unit
            self.left = left
            self.right = right
            if let left, let right, left > 0 { ratio = right / left }
        }

        enum CodingKeys: String, CodingKey { case name, unit, left, right, ratio }

        /// Encodes every key, a missing figure as null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(unit, forKey: .unit)
            try container.encode(left, forKey: .left)
            try container.encode(right, forKey: .right)
            try container.encode(ratio, forKey: .ratio)
        }

        /// Whether both runs have the same value.
        var isSame: Bool { left == right }
    }

    /// An invariant in both runs.
    public struct Verdict: Encodable, Sendable {
        /// The invariant.
        public var name: String
        /// The verdict on the first run.
        public var left: String
        /// The verdict on the second run.
        public var right: String
    }

    /// The first run.
    public var left: RunSummary
    /// The second run.
    public var right: RunSummary
    /// The figures: those of messages, latency and machines, then what components counted.
    public var figures: [Row]
    /// The invariants on which the runs differ.
    public var verdicts: [Verdict]

    /// Compares two runs.
    public init(_ left: RunSummary, _ right: RunSummary) {
        self.left = left
        self.right = right
        figures = Self.results(left, right) + Self.metrics(left, right)
        let others = Dictionary(uniqueKeysWithValues: right.invariants.map { ($0.name, $0.verdict) })
        verdicts = left.invariants.compactMap { invariant in
            guard let other = others[invariant.name], other != invariant.verdict else { return nil }
            return Verdict(name: invariant.name, left: invariant.verdict, right: other)
        }
    }

    /// The comparison as one JSON object.
    public func json() throws -> String { try JSONText.encode(self) }

    private static func results(_ left: RunSummary, _ right: RunSummary) -> [Row] {
        func row(_ name: String, _ unit: String, _ value: (RunSummary) -> Double?) -> Row {
            Row(name, unit: unit, value(left), value(right))
        }
        var rows = [
            row("messages.sent", "messages") { Double($0.messages.sent) },
            row("messages.acked", "messages") { Double($0.messages.acked) },
            row("messages.delivered", "messages") { Double($0.messages.delivered) },
            row("messages.failed", "messages") { Double($0.messages.failed) },
            row("messages.duplicates_suppressed", "messages") { Double($0.messages.duplicatesSuppressed) },
            row("latency.p50", "ms") { $0.latencyMilliseconds.p50 },
            row("latency.p99", "ms") { $0.latencyMilliseconds.p99 },
            row("latency.max", "ms") { $0.latencyMilliseconds.max },
            row("events", "events") { Double($0.events) },
        ]
        var tiers = left.hosts.map(\.tier)
        tiers += right.hosts.map(\.tier).filter { !tiers.contains($0) }
        for tier in tiers {
            rows.append(
                row("cpu.\(tier)", "%") { run in run.hosts.first { $0.tier == tier }.map { $0.utilisation * 100 } })
        }
        return rows
    }

    private static func metrics(_ left: RunSummary, _ right: RunSummary) -> [Row] {
        let others = Dictionary(uniqueKeysWithValues: right.metrics.map { ($0.name, $0) })
        let own = Set(left.metrics.map(\.name))
        return left.metrics.map { metric in
            Row(metric.name, unit: metric.unit, Double(metric.value), others[metric.name].map { Double($0.value) })
        }
            + right.metrics.filter { !own.contains($0.name) }.map {
                Row($0.name, unit: $0.unit, nil, Double($0.value))
            }
    }
}
