extension CheckReport {
    /// The report as one test case for each file.
    public var junit: JUnitReport {
        JUnitReport(
            name: "confab check",
            cases: files.map { file in
                JUnitReport.Case(
                    name: file.file, className: "confab check", file: file.file,
                    wallSeconds: file.summary?.wallSeconds, outcome: Self.outcome(of: file))
            }, wallSeconds: wallSeconds)
    }

    private static func outcome(of file: File) -> JUnitReport.Outcome {
        guard let summary = file.summary else {
            return .error(message: file.errors.first ?? "", text: file.errors.joined(separator: "\n"))
        }
        guard !summary.passed else { return .passed }
        let failures = summary.failures.map(\.text)
        return .failed(
            message: failures.first ?? "interrupted",
            text: (failures + ["replay with: \(summary.replay)"]).joined(separator: "\n"))
    }
}
