extension RunSummary {
    /// A figure that the components counted.
    public struct Metric: Encodable, Sendable {
        /// What it is called.
        public var name: String
        /// How much.
        public var value: UInt64
        /// What it is counted in.
        public var unit: String
        /// What it says, in one sentence.
        public var meaning: String

        /// Puts a figure together.
        public init(name: String, value: UInt64, unit: String, meaning: String) {
            self.name = name
            self.value = value
            self.unit = unit
            self.meaning = meaning
        }
    }

    /// The figures as a table for people.
    public var metricsText: String {
        let width = metrics.map(\.name.count).max() ?? 0
        let lines = metrics.map { metric in
            let value = "\(NumberText.grouped(metric.value)) \(metric.unit)"
            return
                "  \(NumberText.padded(metric.name, to: width))  \(NumberText.padded(value, to: 24))  \(metric.meaning)"
        }
        return (["figures"] + lines).joined(separator: "\n") + "\n"
    }
}
