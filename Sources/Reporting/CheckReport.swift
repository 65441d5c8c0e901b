/// The result of checking many scenario files.
public struct CheckReport: Encodable, Sendable {
    /// The result of one file.
    public struct File: Encodable, Sendable {
        /// The path.
        public var file: String
        /// The result of the run; null if there was none.
        public var summary: RunSummary?
        /// Why there was no run.
        public var errors: [String]

        /// Puts a result together.
        public init(file: String, summary: RunSummary?, errors: [String]) {
            self.file = file
            self.summary = summary
            self.errors = errors
        }

        /// Whether the file ran and everything was as expected.
        public var passed: Bool { summary?.passed ?? false }
    }

    /// The results, in the order of the files.
    public var files: [File]
    /// How many were as expected.
    public var passed: Int
    /// How many ran and were not.
    public var failed: Int
    /// How many could not be run.
    public var invalid: Int
    /// Whether files are missing because someone interrupted it.
    public var interrupted: Bool
    /// How much real time passed.
    public var wallSeconds: Double

    enum CodingKeys: String, CodingKey {
        case files, passed, failed, invalid, interrupted
        case wallSeconds = "wall_seconds"
    }

    /// Puts a report together.
    ///
    /// - Parameters:
    ///   - files: The results.
    ///   - fileCount: How many there would be if nobody had interrupted it; as many as there are if left out.
    ///   - wallSeconds: How much real time passed.
    public init(files: [File], of fileCount: Int? = nil, wallSeconds: Double) {
        self.files = files
        interrupted = files.count < fileCount ?? files.count
        passed = files.filter(\.passed).count
        invalid = files.filter { $0.summary == nil }.count
        failed = files.count - passed - invalid
        self.wallSeconds = wallSeconds
    }

    /// One line for each file, with the command that replays it if it failed, what was wrong below it, and a summary at the end.
    public func text(style: TerminalStyle) -> String {
        let width = files.map(\.file.count).max() ?? 0
        var lines: [String] = []
        for file in files {
            let name = NumberText.padded(TerminalStyle.sanitised(file.file), to: width)
            guard let summary = file.summary else {
                lines.append("\(style.bad("ERR ")) \(name)")
                lines += file.errors.map { "       \(TerminalStyle.sanitised($0))" }
                continue
            }
            let took = style.quiet("\(summary.digest)  \(NumberText.span(seconds: summary.wallSeconds))")
            guard !summary.passed else {
                lines.append("\(style.good("ok  ")) \(name)  \(took)")
                continue
            }
            lines.append("\(style.bad("FAIL")) \(name)  \(took)  replay with: \(summary.replay)")
            lines += summary.failures.map { "       \(TerminalStyle.sanitised($0.text))" }
        }
        let counts = "\(files.count) files: \(passed) passed, \(failed) failed, \(invalid) invalid"
        let isGood = passed == files.count && !files.isEmpty
        lines.append("\(isGood ? style.good(counts) : style.bad(counts)) in \(NumberText.span(seconds: wallSeconds))")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The report as one JSON object, with a newline at the end.
    public func json() throws -> String {
        try JSONText.encode(self)
    }
}
