internal import Chat
internal import Invariants
internal import Reporting
internal import Scenario

/// What a run says of a situation that must occur under some seed.
struct SituationOutcome {
    /// What the run came to: a verdict, or a number.
    let actual: String
    /// Whether the situation occurred.
    let isReached: Bool

    /// Looks a situation up in what is known of a run.
    init(
        of situation: SometimesModel.Situation, _ verdicts: [RunSummary.Invariant], _ metrics: Metrics,
        _ counts: MessageCounts
    ) {
        switch situation {
        case .verdict(let invariant, let verdict):
            let found =
                verdicts.first { $0.name == invariant }?.verdict ?? ExpectationModel.Verdict.notExercised.rawValue
            actual = found.replacing("_", with: " ")
            isReached = found == verdict.rawValue
        case .figure(let figure):
            let value = metrics[figure.name] ?? 0
            actual = "\(value)"
            isReached = (figure.atLeast...figure.atMost).contains(value)
        case .messages(let count):
            let value = UInt64(max(0, counts[count.name]))
            actual = "\(value)"
            isReached = (count.atLeast...count.atMost).contains(value)
        }
    }
}

extension MessageCounts {
    /// A count by the name that it has in scenario files.
    subscript(name: String) -> Int {
        switch name {
        case "sent": sent
        case "acked": acked
        case "delivered": delivered
        case "failed": failed
        case "duplicates_suppressed": duplicatesSuppressed
        default: preconditionFailure("no count is called \(name)")
        }
    }
}
