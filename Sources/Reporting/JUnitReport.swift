/// A report in the format of JUnit, which continuous integration systems read.
public struct JUnitReport: Sendable {
    /// What became of a test case.
    public enum Outcome: Hashable, Sendable {
        /// It passed.
        case passed
        /// It did not: a sentence, and all that is to be said.
        case failed(message: String, text: String)
        /// It could not be tried: a sentence, and all that is to be said.
        case error(message: String, text: String)
    }

    /// A test case.
    public struct Case: Hashable, Sendable {
        /// What it is called; no other one of its class is called so.
        public var name: String
        /// What it is one of.
        public var className: String
        /// The scenario file that it comes from.
        public var file: String
        /// How much real time it took; nothing if it was not measured alone.
        public var wallSeconds: Double?
        /// What became of it.
        public var outcome: Outcome

        /// Describes a test case.
        public init(name: String, className: String, file: String, wallSeconds: Double? = nil, outcome: Outcome) {
            self.name = name
            self.className = className
            self.file = file
            self.wallSeconds = wallSeconds
            self.outcome = outcome
        }
    }

    /// What was run, such as `confab check`.
    public var name: String
    /// The test cases.
    public var cases: [Case]
    /// How much real time all took.
    public var wallSeconds: Double

    /// Puts a report together.
    public init(name: String, cases: [Case], wallSeconds: Double) {
        self.name = name
        self.cases = cases
        self.wallSeconds = wallSeconds
    }

    /// With what each report of Confab begins.
    public static let signature = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"confab"

    /// The report as an XML document.
    public var xml: String {
        let failed = cases.count { if case .failed = $0.outcome { true } else { false } }
        let errors = cases.count { if case .error = $0.outcome { true } else { false } }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failed)\" errors=\"\(errors)\""
        let label = "name=\(XMLText.attribute(name)) \(counts) time=\"\(Self.seconds(wallSeconds))\""
        let lines =
            [
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(label)>",
                "  <testsuite \(label) skipped=\"0\">",
            ]
            + cases.map(element) + ["  </testsuite>", "</testsuites>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func element(_ testCase: Case) -> String {
        let time = testCase.wallSeconds.map { " time=\"\(Self.seconds($0))\"" } ?? ""
        let start =
            "    <testcase name=\(XMLText.attribute(testCase.name)) classname=\(XMLText.attribute(testCase.className)) "
            + "file=\(XMLText.attribute(testCase.file))\(time)"
        let (tag, message, text): (String, String, String)
        switch testCase.outcome {
        case .passed: return "\(start)/>"
        case .failed(let sentence, let all): (tag, message, text) = ("failure", sentence, all)
        case .error(let sentence, let all): (tag, message, text) = ("error", sentence, all)
        }
        return
            "\(start)>\n      <\(tag) message=\(XMLText.attribute(message))>\(XMLText.content(text))</\(tag)>\n    </testcase>"
    }

    /// Seconds with three decimals, without separators.
    private static func seconds(_ value: Double) -> String {
        NumberText.decimal(max(0, value), decimals: 3).replacing(",", with: "")
    }
}
