extension ReportDocument {
    /// What the report comes to, in short, for a terminal: the summary and the findings.
    ///
    /// - Parameter width: How many characters a line has; sentences are broken there.
    public func brief(width: Int, style: TerminalStyle) -> String {
        var lines = [style.strong(TerminalStyle.sanitised(title))]
        if !subtitle.isEmpty { lines.append(style.quiet(TerminalStyle.sanitised(subtitle))) }
        for block in summary {
            switch block {
            case .paragraph(let text): lines += [""] + Self.wrapped(text, width: width)
            case .keyFigures(let figures): lines += [""] + Self.lines(figures)
            default: break
            }
        }
        let findings = findings
        if !findings.isEmpty { lines += ["", "findings"] }
        for finding in findings {
            let word = NumberText.padded(finding.severity.rawValue, to: 8)
            let shown = finding.severity == .info ? style.quiet(word) : style.bad(word)
            lines.append("  \(shown)  \(style.strong(TerminalStyle.sanitised(finding.title)))")
            lines += Self.wrapped(finding.text, width: width - 12).map { String(repeating: " ", count: 12) + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ figures: [ReportFigure]) -> [String] {
        let rows = figures.map { figure in
            (
                name: TerminalStyle.sanitised(figure.name), number: TerminalStyle.sanitised(figure.number.text),
                note: TerminalStyle.sanitised(figure.note)
            )
        }
        let width = rows.map(\.name.count).max() ?? 0
        let numberWidth = rows.map(\.number.count).max() ?? 0
        return rows.map { row in
            let name = "  \(NumberText.padded(row.name, to: width))  "
            return row.note.isEmpty
                ? name + row.number : name + NumberText.padded(row.number, to: numberWidth) + "  " + row.note
        }
    }

    /// A text in lines of about so many characters, broken between words.
    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in TerminalStyle.sanitised(text).split(whereSeparator: \.isWhitespace) {
            if !line.isEmpty, line.count + 1 + word.count > max(40, width) {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
