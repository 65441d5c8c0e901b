internal import Reporting

/// What can stand in the formula of a figure.
protocol FigureOperand {
    /// The same as an expression.
    var term: Term { get }
}

/// An expression that computes its value and writes its formula at once, so that the two cannot differ.
struct Term: FigureOperand {
    /// How closely an expression holds together, as multiplication does more than addition.
    enum Binding: Int, Comparable {
        case sum, product, atom

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    let value: Double
    let formula: String
    let substitution: String
    let binding: Binding
    let inputs: [FigureInput]
    let references: [String]
    let estimates: [String]
    let parts: [Figure]

    var term: Term { self }

    /// A number that is nobody's choice: seconds of a day, bytes of a gigabyte.
    static func constant(_ value: Double) -> Term {
        let text = NumberText.automatic(value)
        return Term(
            value: value, formula: text, substitution: text, binding: .atom, inputs: [], references: [], estimates: [],
            parts: [])
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
    ) -> Term {
        let terms = operands.map(\.term)
        let list = { (text: (Term) -> String) in "\(name)(\(terms.map(text).joined(separator: ", ")))" }
        return Term(
            value: value, formula: list(\.formula), substitution: list(\.substitution), binding: .atom,
            inputs: united(terms.map(\.inputs)),
            references: united(terms.map(\.references) + [reference.map { [$0] } ?? []]),
            estimates: united(terms.map(\.estimates)).sorted(), parts: united(terms.map(\.parts)))
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
        return operands.dropFirst().reduce(first) { joined($0, "+", $1.term, .sum, $0.value + $1.term.value) }
    }

    /// The next whole number from it on. What is within a billionth of a whole number is that: `500,000,000 / 50,000` servers are not one more
    /// because a digit is rounded.
    var roundedUp: Term {
        let nearest = value.rounded()
        let up = abs(value - nearest) <= 1e-9 * max(1, abs(value)) ? nearest : value.rounded(.up)
        return Term.model("round up", of: [self], up)
    }

    fileprivate static func joined(
        _ left: Term, _ sign: String, _ right: Term, _ binding: Binding, _ value: Double
    ) -> Term {
        // What is subtracted or divided by is put in brackets even if it binds as closely.
        let isOneSided = sign == "-" || sign == "/"
        let text = { (part: (Term) -> String) in
            let before = left.binding < binding ? "(\(part(left)))" : part(left)
            let after =
                right.binding < binding || (isOneSided && right.binding == binding) ? "(\(part(right)))" : part(right)
            return "\(before) \(sign) \(after)"
        }
        return Term(
            value: value, formula: text(\.formula), substitution: text(\.substitution), binding: binding,
            inputs: united([left.inputs, right.inputs]), references: united([left.references, right.references]),
            estimates: united([left.estimates, right.estimates]).sorted(),
            parts: united([left.parts, right.parts]))
    }

    /// Each once, in the order in which they first come.
    private static func united<Element: Hashable>(_ lists: [[Element]]) -> [Element] {
        var found: [Element] = []
        for element in lists.joined() where !found.contains(element) { found.append(element) }
        return found
    }
}

/// The sum of two.
func + (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, "+", right, .sum, left.value + right.value)
}

/// What is left of the first after the second is taken away.
func - (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, "-", right, .sum, left.value - right.value)
}

/// The product of two.
func * (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, "x", right, .product, left.value * right.value)
}

/// The first divided by the second.
func / (left: some FigureOperand, right: some FigureOperand) -> Term {
    let (left, right) = (left.term, right.term)
    return Term.joined(left, "/", right, .product, left.value / right.value)
}
