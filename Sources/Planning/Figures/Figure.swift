public import Plan
public import Reporting

/// A number of a plan's sizing with all that is needed to do it again: how it is computed, from what, and what of that is an estimate.
public struct Figure: Hashable, Sendable {
    /// What it is: `connections at the peak`.
    public let name: String
    /// How much, in ``unit``.
    public let value: Double
    /// What it is counted in: `B`, `s`, `B/s`, `ratio`, or a word such as `servers`.
    public let unit: String
    /// How it is computed, in names: `users x concurrent share`.
    public let formula: String
    /// The same with numbers: `500,000,000 users x 1`.
    public let substitution: String
    /// The numbers that stand in the formula, each once, in its order.
    public let inputs: [FigureInput]
    /// Where the formula is from, if it is more than arithmetic.
    public let references: [String]
    /// The keys of the plan on whose estimates it rests, in the order of the alphabet, through all figures before it.
    public let estimates: [String]
    /// The figures that stand in the formula, each once, in its order.
    public let parts: [Figure]

    /// Puts a name to what an expression gives.
    init(_ name: String, _ unit: String, _ expression: some FigureOperand) {
        let term = expression.term
        self.name = name
        value = term.value
        self.unit = unit
        formula = term.formula
        substitution = term.substitution
        inputs = term.inputs
        references = term.references
        estimates = term.estimates
        parts = term.parts
    }

    /// The figure of the year before, under a name of its own. How it came about is not told again.
    private init(_ other: Figure, ofYearBefore name: String) {
        self.name = name
        value = other.value
        unit = other.unit
        formula = "the year before"
        substitution = other.number.text
        inputs = other.inputs
        references = other.references
        estimates = other.estimates
        parts = []
    }

    /// The same, seen from the year after.
    func ofYearBefore(named name: String) -> Figure { Figure(self, ofYearBefore: name) }

    /// The number, as reports show it.
    public var number: ReportNumber { .shown(value, unit) }
}

/// A number in the formula of a figure.
public struct FigureInput: Hashable, Sendable {
    /// What it is.
    public let name: String
    /// How much, in ``unit``.
    public let value: Double
    /// What it is counted in.
    public let unit: String
    /// Where it is from; nothing if it is a figure of the sizing itself.
    public let origin: Origin?
    /// Its key in the plan, if it is from there.
    public let key: String?
}

extension Figure: FigureOperand {
    var term: Term {
        Term(
            value: value, formula: name, substitution: number.text, binding: .atom,
            inputs: [FigureInput(name: name, value: value, unit: unit, origin: nil, key: nil)], references: [],
            estimates: estimates, parts: [self])
    }
}

extension Sourced: FigureOperand where Value == Double {
    var term: Term {
        Term(
            value: value, formula: name, substitution: ReportNumber.shown(value, unit).text, binding: .atom,
            inputs: [FigureInput(name: name, value: value, unit: unit, origin: origin, key: key)], references: [],
            estimates: origin.isEstimate ? [key] : [], parts: [])
    }
}

extension ReportNumber {
    /// A number as figures show it: a share that is close to one with enough digits to tell how close.
    fileprivate static func shown(_ value: Double, _ unit: String) -> ReportNumber {
        let isNearlyOne = unit == "ratio" && value > 0.999 && value < 1
        return ReportNumber(value, unit, digits: isNearlyOne ? .decimals(7) : .automatic)
    }
}
