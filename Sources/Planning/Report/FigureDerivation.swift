internal import Reporting

/// Figures in the order in which they follow from one another: each after those that stand in its formula.
struct FigureDerivation {
    /// Figures that are derived elsewhere in the report, or further up. Two tiers may have steps of the same name.
    private var known: Set<String>

    /// - Parameter known: Figures that need not be derived again, nor what leads to them.
    init(known: [Figure] = []) {
        self.known = []
        var steps: [ReportDerivation.Step] = []
        for figure in known { add(figure, to: &steps) }
    }

    /// The derivation of some figures, with all that leads to them.
    mutating func callAsFunction(_ identifier: String, _ caption: String, _ figures: [Figure]) -> ReportBlock {
        var steps: [ReportDerivation.Step] = []
        for figure in figures { add(figure, to: &steps) }
        return .derivation(ReportDerivation(identifier: identifier, caption: caption, steps: steps))
    }

    private mutating func add(_ figure: Figure, to steps: inout [ReportDerivation.Step]) {
        guard known.insert(Self.key(figure)).inserted else { return }
        for part in figure.parts { add(part, to: &steps) }
        steps.append(figure.step)
    }

    private static func key(_ figure: Figure) -> String { "\(figure.name) = \(figure.substitution)" }
}
