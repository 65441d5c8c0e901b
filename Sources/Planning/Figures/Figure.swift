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
    /// The keys of the plan on whose estimates it rests, in the order of the alphabet, through all figures before it.
    public let estimates: [String]
    private let expression: Expression

    /// Puts a name to what an expression gives.
    init(_ name: String, _ unit: String, _ operand: some FigureOperand) {
        let term = operand.term
        self.init(name: name, value: term.value, unit: unit, estimates: term.estimates, expression: term.expression)
    }

    private init(name: String, value: Double, unit: String, estimates: [String], expression: Expression) {
        self.name = name
        self.value = value
        self.unit = unit
        self.estimates = estimates
        self.expression = expression
    }

    /// The same, seen from the year after, under a name of its own. How it came about is not told again.
    func ofYearBefore(named name: String) -> Figure {
        Figure(
            name: name, value: value, unit: unit, estimates: estimates,
            expression: .input(.yearBefore(value: value, unit: unit)))
    }

    /// How it is computed, in names: `users x concurrent share`.
    public var formula: String { expression.written(\.name) }
    /// The same with numbers: `500,000,000 users x 1`.
    public var substitution: String { expression.written(\.number.text) }
    /// The numbers that stand in the formula, each once, in its order.
    public var inputs: [FigureInput] { expression.inputs }
    /// The figures that stand in the formula, each once, in its order.
    public var parts: [Figure] { inputs.compactMap { if case .figure(let figure) = $0 { figure } else { nil } } }
    /// Where the formula is from, if it is more than arithmetic.
    public var references: [String] { expression.references }
    /// The number, as reports show it.
    public var number: ReportNumber { .shown(value, unit) }
}

/// A number in the formula of a figure.
public indirect enum FigureInput: Hashable, Sendable {
    /// Another figure of the sizing.
    case figure(Figure)
    /// A figure of the sizing of the year before.
    case yearBefore(value: Double, unit: String)
    /// A value of the plan.
    case key(Sourced<Double>)

    /// What it is.
    public var name: String {
        switch self {
        case .figure(let figure): figure.name
        case .yearBefore: "the year before"
        case .key(let sourced): sourced.name
        }
    }

    /// The number, as reports show it.
    public var number: ReportNumber {
        switch self {
        case .figure(let figure): figure.number
        case .yearBefore(let value, let unit): .shown(value, unit)
        case .key(let sourced): .shown(sourced.value, sourced.unit)
        }
    }

    /// The value of the plan that it is; nothing if it is a figure.
    public var source: Sourced<Double>? { if case .key(let sourced) = self { sourced } else { nil } }
}

extension Figure {
    /// Whether both are the same figure with the same formula. The figures in the formulas are compared by name and value alone: all that leads to
    /// them would be gone through again and again.
    public static func == (left: Figure, right: Figure) -> Bool {
        left.isLike(right) && left.estimates == right.estimates && left.formula == right.formula
            && left.substitution == right.substitution
    }

    /// Whether both have the same name and value.
    fileprivate func isLike(_ other: Figure) -> Bool {
        name == other.name && value == other.value && unit == other.unit
    }

    /// Goes with ``==(_:_:)``: what is equal has the same name and value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

extension FigureInput {
    /// Whether both are the same value of the plan, or figures of the same name and value.
    public static func == (left: FigureInput, right: FigureInput) -> Bool {
        switch (left, right) {
        case (.figure(let figure), .figure(let other)): figure.isLike(other)
        case (.yearBefore(let value, let unit), .yearBefore(let otherValue, let otherUnit)):
            value == otherValue && unit == otherUnit
        case (.key(let key), .key(let other)): key == other
        default: false
        }
    }

    /// Goes with ``==(_:_:)``: what is equal has the same name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Figure: FigureOperand {
    var term: Term {
        Term(
            value: value, expression: .input(.figure(self)), estimates: estimates)
    }
}

extension Sourced: FigureOperand where Value == Double {
    var term: Term {
        Term(value: value, expression: .input(.key(self)), estimates: origin.isEstimate ? [key] : [])
    }
}

extension ReportNumber {
    /// A number as figures show it: a share that is close to one with enough digits to tell how close.
    fileprivate static func shown(_ value: Double, _ unit: String) -> ReportNumber {
        let isNearlyOne = unit == "ratio" && value > 0.999 && value < 1
        return ReportNumber(value, unit, digits: isNearlyOne ? .decimals(7) : .automatic)
    }
}
