extension ReportDocument {
    /// The report in all its formats: a page, Markdown, JSON and CSV.
    public func files() throws -> [ReportFolder.File] {
        [
            ReportFolder.File(name: "report.html", text: html), ReportFolder.File(name: "report.md", text: markdown),
            ReportFolder.File(name: "report.json", text: try json()), ReportFolder.File(name: "report.csv", text: csv),
        ]
    }
}
