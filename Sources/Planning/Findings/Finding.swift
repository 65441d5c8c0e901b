public import Reporting

/// Something about a plan that whoever wants it should know: where its figures contradict one another, where nothing is left, and which objective is
/// missed.
public struct Finding: Hashable, Sendable {
    /// A word for it: letters, digits and hyphens.
    public let identifier: String
    /// How much it matters.
    public let severity: ReportFinding.Severity
    /// What is the matter, in a few words.
    public let title: String
    /// What it means, with figures, and what to do about it.
    public let text: String
    /// The figures that show it.
    public let figures: [Figure]
}

extension Finding {
    /// All findings about a plan at the end of its last year: the worst first, otherwise as a message passes the system.
    ///
    /// - Parameters:
    ///   - sizing: The system that the plan asks for.
    ///   - latency: How long messages take in it.
    public static func all(_ sizing: Sizing, latency: LatencySizing) -> [Finding] {
        let found =
            demand(sizing) + chatServers(sizing) + failures(sizing) + storage(sizing)
            + objectives(sizing, latency: latency)
        return ReportFinding.Severity.allCases.reversed().flatMap { severity in
            found.filter { $0.severity == severity }
        }
    }
}

extension Figure {
    /// The number with its unit, in a sentence.
    var text: String { number.text }
}
