/// What became of two runs of one scenario that must be the same.
public struct VerificationReport: Encodable, Sendable {
    /// One of the runs.
    public struct Run: Encodable, Sendable {
        /// Into how many partitions the world was cut.
        public let partitions: UInt32
        /// How many threads ran them.
        public let threads: Int
        /// How many events happened.
        public let events: UInt64
        /// The digest of the run.
        public let digest: String

        /// Puts a run together.
        public init(partitions: UInt32, threads: Int, events: UInt64, digest: String) {
            self.partitions = partitions
            self.threads = threads
            self.events = events
            self.digest = digest
        }
    }

    /// The seed of both.
    public let seed: UInt64
    /// How far they got, in seconds of virtual time.
    public let simulatedSeconds: Double
    /// Whether they were stopped before their end.
    public let isInterrupted: Bool
    /// The runs.
    public let runs: [Run]
    /// The first event that differs, and what caused it, in words; empty if there is none.
    public let firstDifference: [String]

    /// Whether both runs got to their end and did the same.
    public var passed: Bool { firstDifference.isEmpty && !isInterrupted }

    enum CodingKeys: String, CodingKey {
        case seed, runs, passed
        case simulatedSeconds = "simulated_seconds"
        case isInterrupted = "interrupted"
        case firstDifference = "first_difference"
    }

    /// Puts a report together.
    public init(seed: UInt64, simulatedSeconds: Double, isInterrupted: Bool, runs: [Run], firstDifference: [String]) {
        self.seed = seed
        self.simulatedSeconds = simulatedSeconds
        self.isInterrupted = isInterrupted
        self.runs = runs
        self.firstDifference = firstDifference
    }

    /// Encodes every key, the verdict included.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(seed, forKey: .seed)
        try container.encode(simulatedSeconds, forKey: .simulatedSeconds)
        try container.encode(isInterrupted, forKey: .isInterrupted)
        try container.encode(runs, forKey: .runs)
        try container.encode(firstDifference, forKey: .firstDifference)
        try container.encode(passed, forKey: .passed)
    }

    /// The report as one JSON object.
    public func json() throws -> String {
        try JSONText.encode(self)
    }

    /// How a run was run, in words.
    public static func text(partitions: UInt32, threads: Int) -> String {
        "\(partitions) partition\(partitions == 1 ? "" : "s") on \(threads) thread\(threads == 1 ? "" : "s")"
    }

    /// The report for people.
    public var text: String {
        var lines = runs.map { run in
            "\(Self.text(partitions: run.partitions, threads: run.threads)): digest \(run.digest), "
                + "\(NumberText.grouped(run.events)) events"
        }
        if isInterrupted {
            lines.append("interrupted at \(NumberText.decimal(simulatedSeconds, decimals: 3)) s: the same so far")
        } else if firstDifference.isEmpty {
            lines.append("verified: both runs are the same")
        } else {
            lines.append("NOT THE SAME. The first event that differs, and what caused it:")
            lines += firstDifference
            lines.append("this is a fault of Confab, not of the scenario: please report it with the scenario file")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
