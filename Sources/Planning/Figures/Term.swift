internal import Reporting

/// What can stand in the formula of a figure.
protocol FigureOperand {
    /// The same as an expression.
    var term: Term { get }
}

/// An expression with its value. Operators compute the value and build the expression at once, so that what a figure is and what it says of itself
/// cannot differ.
struct Term: FigureOperand {
    let value: Double
    let expression: Expression
    /// The keys of the plan on whose estimates the value rests, in the order of the alphabet.
    let estimates: [String]

    var term: Term { self }

    /// A number that is nobody's choice: seconds of a day, bytes of a gigabyte.
    static func constant(_ value: Double) -> Term {
        Term(value: value, expression: .constant(value), estimates: [])
    }

    /// A value that a model gives for some operands.
    ///
    /// - Parameters:
    ///   - name: What the model gives, in words.
    ///   - reference: Where the model is from.
    ///   - operands: What goes into it.
    ///   - value: What comes out.
    static func model(
        _ name: String, _ reference: String? = nil, of operands: [any FigureOperand], _ value: Double
    )
        -> Term
    {
        let terms = operands.map(\.term)
        return Term(
            value: value, expression: .model(name, reference: reference, of: terms.map(\.expression)),
            estimates: terms.reduce([]) { merged($0, $1.estimates) })
    }

    /// The largest of some.
    static func largest(_ operands: [any FigureOperand]) -> Term {
        operands.count == 1
            ? operands[0].term : model("max", of: operands, operands.map(\.term.value).max() ?? 0)
    }

    /// The smallest of some.
    static func smallest(_ operands: [any FigureOperand]) -> Term {
        operands.count == 1
            ? operands[0].term : model("min", of: operands, operands.map(\.term.value).min() ?? 0)
    }

    /// The sum of some; zero if there are none.
    static func sum(_ operands: [any FigureOperand]) -> Term {
        guard let first = operands.first?.term else { return .constant(0) }
        return operands.dropFirst().reduce(first) { joined($0, .plus, $1.term, $0.value + $1.term.value) }
    }

    /// The next whole number from it on. What is within a billionth of a whole number is that: `500,000,000 / 50,000` servers are not one more
    /// because a digit is rounded.
    var roundedUp: Term {
        let nearest = value.rounded()
        let up = abs(value - nearest) <= 1e-9 * max(1, abs(value)) ? nearest : value.rounded(.up)
        return Term.model("round up", of: [self], up)
    }

    fileprivate static func joined(_ left: Term, _ sign: Expression.Sign, _ right: Term, _ value: Double) -> Term {
        Term(
            value: value, expression: .operation(left.expression, sign, right.expression),
            estimates: merged(left.estimates, right.estimates))
    }

    /// What is in one of two lists, each in the order of the alphabet.
    private static func merged(_ left: [String], _ right: [String]) -> [String] {
        if right.isEmpty || left == right { return left }
        if left.isEmpty { return right }
        var found: [String] = []
        var (index, other) = (0, 0)
        while index < left.count || other < right.count {
            if other == right.count || (index < left.count && left[index] < right[other]) {
                found.append(left[index])
                index += 1
            } else {
                if index < left.count, left[index] == right[other] { index += 1 }
                found.append(right[other])
                other += 1
            }
        }
        return found
    }
}

/// The sum of two.
func + (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, .plus, right, left.value + right.value)
}

/// What is left of the first after the second is taken away.
func - (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, .minus, right, left.value - right.value)
}

/// The product of two.
func * (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, .times, right, left.value * right.value)
}

/// The first divided by the second.
func / (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, .over, right, left.value / right.value)
}
