extension RunSummary {
    /// A figure that the components counted.
    public struct Metric: Encodable, Sendable {
        /// What it is called.
        public var name: String
        /// How much.
        public var value: UInt64
        /// How much in a second of virtual time; nothing for what is not added up over a run.
        public var perSecond: Double?
        /// What it is counted in.
        public var unit: String
        /// What it says, in one sentence.
        public var meaning: String

        enum CodingKeys: String, CodingKey {
            case name, value, unit, meaning
            case perSecond = "per_second"
        }

        /// Puts a figure together.
        public init(name: String, value: UInt64, perSecond: Double? = nil, unit: String, meaning: String) {
            self.name = name
            self.value = value
            self.perSecond = perSecond
            self.unit = unit
            self.meaning = meaning
        }
    }

    /// The figures as a table for people.
    public var metricsText: String {
        let width = metrics.map(\.name.count).max() ?? 0
        let lines = metrics.map { metric in
            let value = "\(NumberText.grouped(metric.value)) \(metric.unit)"
            let rate = metric.perSecond.map { "\(NumberText.decimal($0, decimals: 2))/s" } ?? ""
            return
                "  \(NumberText.padded(metric.name, to: width))  \(NumberText.padded(value, to: 24))  "
                + "\(NumberText.padded(rate, to: 14))  \(metric.meaning)"
        }
        return (["figures"] + lines).joined(separator: "\n") + "\n"
    }
}
