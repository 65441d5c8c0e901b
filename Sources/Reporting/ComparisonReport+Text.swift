extension ComparisonReport {
    /// The comparison for people.
    ///
    /// - Parameters:
    ///   - names: What the two runs are called.
    ///   - showsAll: Whether to list figures that are the same in both, too.
    public func text(names: (left: String, right: String), showsAll: Bool, style: TerminalStyle) -> String {
        let rows = figures.filter { showsAll || !$0.isSame }
        let cells = rows.map { row in
            (row, left: Self.cell(row.left, row.unit), right: Self.cell(row.right, row.unit), ratio: Self.ratio(row))
        }
        let width = (rows.map(\.name.count) + verdicts.map(\.name.count)).max() ?? 0
        let widest =
            cells.flatMap { [$0.left.count, $0.right.count] }
            + verdicts.flatMap { [$0.left.count, $0.right.count] }
        let column = max(16, widest.max() ?? 0)
        var lines = [
            "first    \(style.strong(TerminalStyle.sanitised(names.left)))",
            "second   \(style.strong(TerminalStyle.sanitised(names.right)))", "",
        ]
        let head = "  " + NumberText.padded("", to: width) + "  "
        lines.append(style.quiet(head + Self.right("first", column) + "  " + Self.right("second", column) + "   ratio"))
        for cell in cells {
            lines.append(
                "  \(NumberText.padded(cell.0.name, to: width))  \(Self.right(cell.left, column))  "
                    + "\(Self.right(cell.right, column))  \(Self.right(cell.ratio, 6))")
        }
        if rows.isEmpty { lines.append("  every figure is the same") }
        if !verdicts.isEmpty {
            lines += ["", "invariants that differ"]
            lines += verdicts.map { verdict in
                "  \(NumberText.padded(verdict.name, to: width))  \(Self.right(Self.words(verdict.left), column))  "
                    + Self.right(Self.words(verdict.right), column)
            }
        }
        for (name, run) in [("first", left), ("second", right)] where !run.passed {
            lines += [
                "", "the \(name) run is \(style.bad("not")) as its scenario expects; look at it with: \(run.replay)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cell(_ value: Double?, _ unit: String) -> String {
        guard let value else { return "-" }
        let isWhole = value == value.rounded() && unit != "ms" && unit != "%"
        return NumberText.decimal(value, decimals: isWhole ? 0 : 2) + " " + unit
    }

    private static func ratio(_ row: Row) -> String {
        guard let ratio = row.ratio else { return "" }
        return NumberText.decimal(ratio, decimals: ratio >= 100 ? 0 : 2)
    }

    private static func words(_ verdict: String) -> String { verdict.replacing("_", with: " ") }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
