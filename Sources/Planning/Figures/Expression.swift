internal import Reporting

/// A formula as a tree, from which it is written when somebody wants to read it.
indirect enum Expression: Sendable {
    /// A number that is nobody's choice.
    case constant(Double)
    /// A number that has a name.
    case input(FigureInput)
    /// Arithmetic.
    case operation(Expression, Sign, Expression)
    /// What a model gives for some operands, and where the model is from.
    case model(String, reference: String?, of: [Expression])

    /// A sign between two.
    enum Sign: String, Hashable, Sendable {
        case plus = "+"
        case minus = "-"
        case times = "x"
        case over = "/"

        /// How closely it binds.
        fileprivate var binding: Int { self == .plus || self == .minus ? 0 : 1 }
        /// Whether what follows it has brackets even if it binds as closely.
        fileprivate var isOneSided: Bool { self == .minus || self == .over }
    }

    /// The formula, in which each input stands as a function writes it.
    func written(_ input: (FigureInput) -> String) -> String {
        switch self {
        case .constant(let value): return NumberText.automatic(value)
        case .input(let named): return input(named)
        case .model(let name, _, let operands):
            return "\(name)(\(operands.map { $0.written(input) }.joined(separator: ", ")))"
        case .operation(let left, let sign, let right):
            let before = left.binding < sign.binding ? "(\(left.written(input)))" : left.written(input)
            let isLoose = right.binding < sign.binding || (sign.isOneSided && right.binding == sign.binding)
            return "\(before) \(sign.rawValue) \(isLoose ? "(\(right.written(input)))" : right.written(input))"
        }
    }

    /// The inputs, each once, in the order in which they first come.
    var inputs: [FigureInput] {
        var found: [FigureInput] = []
        visit { if case .input(let input) = $0, !found.contains(input) { found.append(input) } }
        return found
    }

    /// Where its models are from, each once.
    var references: [String] {
        var found: [String] = []
        visit { if case .model(_, let reference?, _) = $0, !found.contains(reference) { found.append(reference) } }
        return found
    }

    private var binding: Int { if case .operation(_, let sign, _) = self { sign.binding } else { 2 } }

    private func visit(_ look: (Expression) -> Void) {
        look(self)
        switch self {
        case .constant, .input: break
        case .operation(let left, _, let right):
            left.visit(look)
            right.visit(look)
        case .model(_, _, let operands): for operand in operands { operand.visit(look) }
        }
    }
}
