/// What becomes of the pieces of a report on its page.
struct PageWriter {
    /// The sources and their numbers.
    let footnotes: ReportFootnotes

    /// A section with its title.
    func section(_ section: ReportSection) -> String {
        "<section id=\(XMLText.attribute(section.identifier))>\n<h2>\(XMLText.content(section.title))</h2>\n"
            + section.blocks.map(block).joined() + "</section>\n"
    }

    /// A piece of a section.
    func block(_ block: ReportBlock) -> String {
        switch block {
        case .paragraph(let text): "<p>\(prose(text))</p>\n"
        case .keyFigures(let figures): keyFigures(figures)
        case .findings(let findings): findings.map(finding).joined()
        case .derivation(let derivation): self.derivation(derivation)
        case .table(let table): self.table(table)
        case .chart(let chart): self.chart(chart)
        }
    }

    /// The section that lists the sources.
    var sources: String {
        let items = footnotes.sources.enumerated().map { index, source in
            "<li id=\"source-\(index + 1)\"><span class=\"kind\">\(source.kind.rawValue):</span> \(XMLText.content(source.text))</li>\n"
        }
        return
            "<section id=\"sources\">\n<h2>Sources</h2>\n<ol class=\"sources\">\n\(items.joined())</ol>\n</section>\n"
    }

    /// Sentences, with what stands between backticks as code.
    private func prose(_ text: String) -> String {
        ReportProse.parts(text).map { part in
            let content = XMLText.content(String(part.text))
            return part.isCode ? "<code>\(content)</code>" : content
        }.joined()
    }

    /// The mark behind a figure that leads to its source.
    private func mark(_ source: ReportSource?) -> String {
        guard let source, let number = footnotes.number(of: source) else { return "" }
        let estimate = source.isEstimate ? "<abbr class=\"estimate\" title=\"estimate\">E</abbr>" : ""
        return "\(estimate)<sup><a href=\"#source-\(number)\" aria-label=\"source \(number)\">\(number)</a></sup>"
    }

    private func keyFigures(_ figures: [ReportFigure]) -> String {
        let items = figures.map { figure in
            let note = figure.note.isEmpty ? "" : "<dd class=\"note\">\(XMLText.content(figure.note))</dd>"
            let (digits, unit) = figure.number.shown
            let number = XMLText.content(digits) + (unit.isEmpty ? "" : " <span>\(XMLText.content(unit))</span>")
            return
                "<div><dt>\(XMLText.content(figure.name))</dt><dd>\(number)\(mark(figure.source))</dd>\(note)</div>\n"
        }
        return "<dl class=\"figures\">\n\(items.joined())</dl>\n"
    }

    private func finding(_ finding: ReportFinding) -> String {
        let severity = finding.severity.rawValue
        let figures = finding.figures.map { figure in
            let note = figure.note.isEmpty ? "" : " (\(figure.note))"
            return
                "<li>\(XMLText.content(figure.name)): <b>\(XMLText.content(figure.number.text))</b>\(mark(figure.source))\(XMLText.content(note))</li>\n"
        }
        return
            "<article class=\"finding \(severity)\">\n<h3><span class=\"severity\">\(severity)</span>\(XMLText.content(finding.title))</h3>\n"
            + "<p>\(prose(finding.text))</p>\n"
            + (figures.isEmpty ? "" : "<ul>\n\(figures.joined())</ul>\n") + "</article>\n"
    }

    private func derivation(_ derivation: ReportDerivation) -> String {
        let rows = derivation.steps.map { step in
            let numbers = step.substitution.isEmpty ? "" : "<span>= \(XMLText.content(step.substitution))</span>"
            return
                "<tr><th scope=\"row\">\(XMLText.content(step.name))</th><td class=\"formula\">\(XMLText.content(step.formula))\(numbers)</td>"
                + "<td class=\"number\">\(XMLText.content(step.result.text))\(mark(step.source))</td></tr>\n"
        }
        let head =
            "<tr><th scope=\"col\">Result</th><th scope=\"col\">Formula</th><th scope=\"col\" class=\"number\">Value</th></tr>\n"
        return scrolling(derivation.caption, identifier: derivation.identifier, head: head, rows: rows.joined())
    }

    private func table(_ table: ReportTable, showsCaption: Bool = true) -> String {
        let kinds = table.columns.indices.map { table.isNumeric($0) ? " class=\"number\"" : "" }
        let head = zip(table.columns, kinds).map { column, kind in
            "<th scope=\"col\"\(kind)>\(XMLText.content(column.heading))</th>"
        }
        let rows = table.rows.map { row in
            let cells = row.cells.enumerated().map { index, cell in
                let text = XMLText.content(table.columns[index].text(of: cell)) + mark(cell.source)
                let kind = if case .number = cell.content { " class=\"number\"" } else { kinds[index] }
                return index == 0 ? "<th scope=\"row\"\(kind)>\(text)</th>" : "<td\(kind)>\(text)</td>"
            }
            return "<tr\(row.isEmphasised ? " class=\"emphasised\"" : "")>\(cells.joined())</tr>\n"
        }
        return scrolling(
            table.caption, identifier: showsCaption ? table.identifier : nil, head: "<tr>\(head.joined())</tr>\n",
            rows: rows.joined())
    }

    /// A table in a box of its own, inside which it scrolls where it is wider than the page.
    ///
    /// - Parameter identifier: A word for links; without one the caption is not shown either, as it stands beside the table.
    private func scrolling(_ caption: String, identifier: String?, head: String, rows: String) -> String {
        let place = identifier.map { " id=\(XMLText.attribute($0))" } ?? ""
        let title = identifier == nil ? "" : "<caption>\(XMLText.content(caption))</caption>\n"
        return
            "<div class=\"scroll\"\(place) role=\"region\" tabindex=\"0\" aria-label=\(XMLText.attribute(caption))>\n"
            + "<table>\n\(title)<thead>\n\(head)</thead>\n<tbody>\n\(rows)</tbody>\n</table>\n</div>\n"
    }

    private func chart(_ chart: ReportChart) -> String {
        let widths = ReportChart.widths
        let wide = chart.svg(width: widths.wide, identifier: "\(chart.identifier)-wide")
        let narrow = chart.svg(width: widths.narrow, identifier: "\(chart.identifier)-narrow")
        return "<figure id=\(XMLText.attribute(chart.identifier))>\n"
            + "<figcaption>\(XMLText.content(chart.title))\(mark(chart.source))<span>\(XMLText.content(chart.text))</span></figcaption>\n"
            + "<div class=\"wide\">\n\(wide)</div>\n<div class=\"narrow\">\n\(narrow)</div>\n"
            + "<details><summary>The numbers</summary>\n\(table(chart.table, showsCaption: false))</details>\n</figure>\n"
    }
}
