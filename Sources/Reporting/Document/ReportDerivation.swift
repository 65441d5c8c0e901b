/// Results that follow from one another, so that each can be done again by hand.
public struct ReportDerivation: Sendable, Equatable {
    /// One result.
    public struct Step: Sendable, Equatable {
        /// What is computed.
        public var name: String
        /// How, with names: `peak sessions / connections per server`.
        public var formula: String
        /// How, with numbers: `160,000,000 / 50,000`. Empty where the formula says it all.
        public var substitution: String
        /// What comes out.
        public var result: ReportNumber
        /// Where the formula, or the figure, is from.
        public var source: ReportSource?

        /// One result and how it is come by.
        public init(
            _ name: String, formula: String, substitution: String = "", result: ReportNumber,
            source: ReportSource? = nil
        ) {
            self.name = name
            self.formula = formula
            self.substitution = substitution
            self.result = result
            self.source = source
        }
    }

    /// A word for links and files; not used twice in a document.
    public var identifier: String
    /// What it arrives at.
    public var caption: String
    /// The results, each after those that it needs.
    public var steps: [Step]

    /// Puts a derivation together.
    public init(identifier: String, caption: String, steps: [Step]) {
        self.identifier = identifier
        self.caption = caption
        self.steps = steps
    }
}

extension ReportDerivation {
    /// The steps as rows.
    var table: ReportTable {
        ReportTable(
            identifier: identifier, caption: caption,
            columns: [
                ReportTable.Column("Result"), ReportTable.Column("Formula"), ReportTable.Column("With numbers"),
                ReportTable.Column("Value"),
            ],
            rows: steps.map { step in
                [
                    .text(step.name), .text(step.formula), .text(step.substitution),
                    .number(step.result, source: step.source),
                ]
            })
    }
}
