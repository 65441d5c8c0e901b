/// The sources of a document, numbered from one in the order in which they are first referred to. Equal sources have one number.
struct ReportFootnotes {
    /// The sources, the first referred to first.
    private(set) var sources: [ReportSource] = []
    private var numbers: [ReportSource: Int] = [:]

    /// Numbers the sources of a document.
    init(_ document: ReportDocument) {
        for block in document.summary + document.sections.flatMap(\.blocks) { add(block) }
    }

    /// The number of a source of the document; nothing where there is no source.
    func number(of source: ReportSource?) -> Int? { source.flatMap { numbers[$0] } }

    private mutating func add(_ block: ReportBlock) {
        switch block {
        case .paragraph: break
        case .keyFigures(let figures): for figure in figures { add(figure.source) }
        case .findings(let findings): for finding in findings { for figure in finding.figures { add(figure.source) } }
        case .derivation(let derivation): for step in derivation.steps { add(step.source) }
        case .table(let table): for row in table.rows { for cell in row.cells { add(cell.source) } }
        case .chart(let chart): add(chart.source)
        }
    }

    private mutating func add(_ source: ReportSource?) {
        guard let source, numbers[source] == nil else { return }
        sources.append(source)
        numbers[source] = sources.count
    }
}
