internal import Reporting

extension ReportSection {
    /// The choices of a plan beside the other ways in which they could be made.
    static func alternatives(_ all: [Alternatives]) -> ReportSection {
        let text = """
            Each choice of the plan beside the other ways in which it could be made; all else stays as planned. Figures that are the same in \
            all ways are left out.
            """
        return ReportSection(
            identifier: "alternatives", title: "Alternatives",
            blocks: [.paragraph(text)]
                + all.map { choice in
                    .table(
                        .variants(
                            choice.variants, identifier: "alternatives-\(choice.identifier)", caption: choice.question))
                })
    }
}
