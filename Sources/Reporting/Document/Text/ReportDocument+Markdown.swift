extension ReportDocument {
    /// The report as Markdown that GitHub shows, for a pull request. Charts are tables of their numbers; sources are footnotes.
    public var markdown: String {
        let writer = MarkdownWriter(footnotes: ReportFootnotes(self))
        var parts = ["# \(MarkdownText.inline(title))"]
        if !subtitle.isEmpty { parts.append(MarkdownText.line(subtitle)) }
        parts += summary.flatMap(writer.parts)
        for section in sections {
            parts.append("## \(MarkdownText.inline(section.title))")
            parts += section.blocks.flatMap(writer.parts)
        }
        let notes = writer.notes
        if !notes.isEmpty { parts += ["## Sources", "(E) marks an estimate.", notes] }
        return parts.joined(separator: "\n\n") + "\n"
    }
}

/// What becomes of the pieces of a report in Markdown.
private struct MarkdownWriter {
    let footnotes: ReportFootnotes

    /// The paragraphs that a block becomes.
    func parts(_ block: ReportBlock) -> [String] {
        switch block {
        case .paragraph(let text): [MarkdownText.prose(text)]
        case .keyFigures(let figures): [list(figures, indent: "")]
        case .findings(let findings): [findings.map(finding).joined(separator: "\n")]
        case .derivation(let derivation): [caption(derivation.caption), table(derivation.table)]
        case .table(let table): [caption(table.caption), self.table(table)]
        case .chart(let chart):
            [
                caption(chart.title) + mark(chart.source), MarkdownText.line(chart.text),
                "<details><summary>The numbers</summary>", table(chart.table), "</details>",
            ]
        }
    }

    /// The footnotes.
    var notes: String {
        footnotes.sources.enumerated().map { index, source in
            "[^\(index + 1)]: \(source.kind.rawValue): \(MarkdownText.inline(source.text))"
        }.joined(separator: "\n")
    }

    private func caption(_ text: String) -> String { "**\(MarkdownText.inline(text))**" }

    private func mark(_ source: ReportSource?) -> String {
        guard let source, let number = footnotes.number(of: source) else { return "" }
        return "\(source.isEstimate ? " (E)" : "")[^\(number)]"
    }

    private func list(_ figures: [ReportFigure], indent: String) -> String {
        figures.map { figure in
            let note = figure.note.isEmpty ? "" : " – \(MarkdownText.inline(figure.note))"
            return
                "\(indent)- \(MarkdownText.inline(figure.name)): **\(MarkdownText.inline(figure.number.text))**\(mark(figure.source))\(note)"
        }.joined(separator: "\n")
    }

    private func finding(_ finding: ReportFinding) -> String {
        let head = "- **\(finding.severity.rawValue): \(MarkdownText.inline(finding.title))**"
        let lines = [head, "  \(MarkdownText.prose(finding.text))"]
        return (lines + (finding.figures.isEmpty ? [] : [list(finding.figures, indent: "  ")])).joined(separator: "\n")
    }

    private func table(_ table: ReportTable) -> String {
        let isNumeric = table.columns.indices.map(table.isNumeric)
        var lines = [
            table.columns.map { MarkdownText.inline($0.heading) }, isNumeric.map { $0 ? "---:" : "---" },
        ]
        lines += table.rows.map { row in
            zip(table.columns, row.cells).map { column, cell in
                let text = MarkdownText.inline(column.text(of: cell))
                return (row.isEmphasised && !text.isEmpty ? "**\(text)**" : text) + mark(cell.source)
            }
        }
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
