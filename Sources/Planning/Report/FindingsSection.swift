internal import Reporting

extension Finding {
    /// The finding as reports show it.
    var reported: ReportFinding {
        ReportFinding(
            identifier: identifier, severity: severity, title: title, text: text, figures: figures.map { $0.figure() })
    }
}

extension ReportSection {
    /// What was found, the worst first.
    static func findings(_ findings: [Finding]) -> ReportSection {
        ReportSection(
            identifier: "findings", title: "Findings",
            blocks: [
                findings.isEmpty
                    ? .paragraph("Every objective is met, and no figure contradicts another.")
                    : .findings(findings.map(\.reported))
            ])
    }
}
