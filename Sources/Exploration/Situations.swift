internal import Chat
internal import Reporting

/// What a run came into, so that a search can tell whether more seeds still bring anything new: each figure that the components counted, by
/// the order of magnitude of its value, and each invariant by its verdict and in how many places it was checked.
///
/// A number stands for a situation: two bytes of its kind and one of its magnitude, as coverage-guided fuzzers count how often a branch is taken.
enum Situations {
    /// The situations of a run, in ascending order.
    static func of(_ verdicts: [RunSummary.Invariant], _ metrics: Metrics) -> [UInt64] {
        var situations: [UInt64] = []
        for (number, verdict) in verdicts.enumerated() where verdict.checked > 0 {
            situations.append(situation(kind: number * 2, magnitudeOf: UInt64(verdict.checked)))
            if verdict.violations > 0 {
                situations.append(situation(kind: number * 2 + 1, magnitudeOf: UInt64(verdict.violations)))
            }
        }
        for (number, entry) in metrics.entries.enumerated() where entry.value > 0 {
            situations.append(situation(kind: firstMetricKind + number, magnitudeOf: entry.value))
        }
        return situations
    }

    /// The kinds below are those of invariants.
    private static let firstMetricKind = 1024

    private static func situation(kind: Int, magnitudeOf value: UInt64) -> UInt64 {
        UInt64(kind) << 8 | UInt64(UInt64.bitWidth - value.leadingZeroBitCount)
    }
}
