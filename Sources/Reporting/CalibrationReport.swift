/// What `confab calibrate` measured.
public struct CalibrationReport: Encodable, Sendable {
    /// What handling one kind takes on one tier, on one core.
    public struct Row: Encodable, Sendable, Hashable {
        /// The tier.
        public let tier: String
        /// The kind.
        public let kind: String
        /// How many were handled in each round.
        public let handled: Int
        /// The mean, in nanoseconds.
        public let meanNanoseconds: Double
        /// The median, in nanoseconds.
        public let medianNanoseconds: Double
        /// What one in a hundred exceeds, in nanoseconds.
        public let p99Nanoseconds: Double
        /// By how much the mean of a round is off at most, as a share.
        public let spread: Double
        /// What it costs where neither a scenario nor a profile says it, in nanoseconds.
        public let publishedNanoseconds: UInt64
        /// The mean over the published cost; nothing if that is zero.
        public var ratio: Double? {
            publishedNanoseconds == 0 ? nil : meanNanoseconds / Double(publishedNanoseconds)
        }

        enum CodingKeys: String, CodingKey {
            case tier, kind, handled, spread, ratio
            case meanNanoseconds = "mean_ns"
            case medianNanoseconds = "median_ns"
            case p99Nanoseconds = "p99_ns"
            case publishedNanoseconds = "published_ns"
        }

        /// Puts a row together.
        public init(
            tier: String, kind: String, handled: Int, meanNanoseconds: Double, medianNanoseconds: Double,
            p99Nanoseconds: Double, spread: Double, publishedNanoseconds: UInt64
        ) {
            self.tier = tier
            self.kind = kind
            self.handled = handled
            self.meanNanoseconds = meanNanoseconds
            self.medianNanoseconds = medianNanoseconds
            self.p99Nanoseconds = p99Nanoseconds
            self.spread = spread
            self.publishedNanoseconds = publishedNanoseconds
        }

        /// Encodes every key, the ratio included.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(tier, forKey: .tier)
            try container.encode(kind, forKey: .kind)
            try container.encode(handled, forKey: .handled)
            try container.encode(meanNanoseconds, forKey: .meanNanoseconds)
            try container.encode(medianNanoseconds, forKey: .medianNanoseconds)
            try container.encode(p99Nanoseconds, forKey: .p99Nanoseconds)
            try container.encode(spread, forKey: .spread)
            try container.encode(publishedNanoseconds, forKey: .publishedNanoseconds)
            try container.encode(ratio, forKey: .ratio)
        }

        /// A remark for a line of a profile.
        public var remark: String {
            "\(NumberText.grouped(UInt64(handled))) handled, +-\(NumberText.decimal(spread * 100, decimals: 0)) %"
        }
    }

    /// What a message between two users takes on a tier, with all that it gives rise to.
    public struct PerMessage: Encodable, Sendable, Hashable {
        /// The tier.
        public let tier: String
        /// How often its servers handle something for a message.
        public let handled: Double
        /// What that takes in all, in nanoseconds on one core.
        public let nanoseconds: Double
        /// What it costs by the published costs, in nanoseconds.
        public let publishedNanoseconds: Double

        enum CodingKeys: String, CodingKey {
            case tier, handled
            case nanoseconds = "ns"
            case publishedNanoseconds = "published_ns"
        }

        /// Puts a figure together.
        public init(tier: String, handled: Double, nanoseconds: Double, publishedNanoseconds: Double) {
            self.tier = tier
            self.handled = handled
            self.nanoseconds = nanoseconds
            self.publishedNanoseconds = publishedNanoseconds
        }
    }

    /// The machine, in words.
    public let machine: String
    /// The version of Confab.
    public let version: String
    /// How many rounds were measured.
    public let rounds: Int
    /// How long it took, in seconds.
    public let wallSeconds: Double
    /// What reading the clock takes, in nanoseconds; it is subtracted.
    public let clockNanoseconds: Double
    /// The share of times that an interruption of the machine made useless.
    public let interruptedShare: Double
    /// What was measured, tier by tier.
    public let costs: [Row]
    /// What a message takes on each tier.
    public let perMessage: [PerMessage]
    /// What was handled too seldom to be measured.
    public let notMeasured: [String]

    enum CodingKeys: String, CodingKey {
        case machine, version, rounds, costs
        case wallSeconds = "wall_seconds"
        case clockNanoseconds = "clock_ns"
        case interruptedShare = "interrupted_share"
        case perMessage = "per_message"
        case notMeasured = "not_measured"
    }

    /// Puts a report together.
    public init(
        machine: String, version: String, rounds: Int, wallSeconds: Double, clockNanoseconds: Double,
        interruptedShare: Double, costs: [Row], perMessage: [PerMessage], notMeasured: [String]
    ) {
        self.machine = machine
        self.version = version
        self.rounds = rounds
        self.wallSeconds = wallSeconds
        self.clockNanoseconds = clockNanoseconds
        self.interruptedShare = interruptedShare
        self.costs = costs
        self.perMessage = perMessage
        self.notMeasured = notMeasured
    }

    /// The report as one JSON object.
    public func json() throws -> String { try JSONText.encode(self) }
}
