internal import Language

/// When to try again after something failed.
public struct RetryModel: Hashable, Sendable {
    /// The wait after the first attempt, in nanoseconds.
    public let firstNanoseconds: UInt64
    /// By how much each wait is longer than the one before, in thousandths.
    public let factorThousandths: UInt64
    /// The longest wait, in nanoseconds.
    public let maxNanoseconds: UInt64
    /// The share of a wait that is random, in parts per billion.
    public let jitterPartsPerBillion: UInt64
    /// After how many attempts to give up; zero for never.
    public let attemptsMax: UInt64
}

extension ValueKind where Value == RetryModel {
    /// A retry policy with its defaults.
    static func retry(first: String, max longest: String, jitter: String, attempts: String) -> ValueKind {
        .section { reader in
            let time = ValueKind<UInt64>.duration(1_000...86_400_000_000_000)
            let first = reader.optional("first", time, default: first, "The wait after the first attempt.")
            let longest = reader.optional("max", time, default: longest, "The longest wait.")
            if first > longest { reader.report("max", "`max` is below `first`") }
            return RetryModel(
                firstNanoseconds: first,
                factorThousandths: reader.optional(
                    "factor", .factor(1000...10_000), default: "2",
                    "By how much each wait is longer than the one before."),
                maxNanoseconds: longest,
                jitterPartsPerBillion: reader.optional(
                    "jitter", .ratio, default: jitter, "The share of each wait that is random."),
                attemptsMax: reader.optional(
                    "attempts", .integer(0...1_000_000), default: attempts,
                    "After how many attempts to give up; 0 for never."))
        }
    }
}
