/// When to try again: exponential backoff with a cap, a random part, and a budget of attempts.
@frozen
public struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first attempt, in nanoseconds.
    public let firstNanoseconds: UInt64
    /// By how much each wait is longer than the one before, in thousandths: 2000 doubles it.
    public let factorThousandths: UInt64
    /// The longest wait, in nanoseconds.
    public let maxNanoseconds: UInt64
    /// The share of a wait that is random, in parts per billion: a wait is drawn evenly from what is left without that
    /// share up to the whole.
    public let jitterPartsPerBillion: UInt64
    /// The number of attempts after which to give up, the first one counted; zero for never.
    public let attemptsMax: UInt32

    /// Makes a policy.
    ///
    /// - Precondition: `factorThousandths` is 1,000 to 10,000 and the jitter at most one billion.
    public init(
        firstNanoseconds: UInt64, factorThousandths: UInt64, maxNanoseconds: UInt64, jitterPartsPerBillion: UInt64,
        attemptsMax: UInt32
    ) {
        precondition((1000...10_000).contains(factorThousandths), "a backoff factor is 1 to 10")
        precondition(jitterPartsPerBillion <= 1_000_000_000, "jitter is at most 100 %")
        self.firstNanoseconds = firstNanoseconds
        self.factorThousandths = factorThousandths
        self.maxNanoseconds = maxNanoseconds
        self.jitterPartsPerBillion = jitterPartsPerBillion
        self.attemptsMax = attemptsMax
    }

    /// Whether the budget allows no attempt beyond this many.
    public func isExhausted(afterAttempts attempts: UInt32) -> Bool {
        attemptsMax != 0 && attempts >= attemptsMax
    }

    /// The wait after attempt number `attempt` (from one), in nanoseconds.
    ///
    /// - Complexity: O(log(`maxNanoseconds` / `firstNanoseconds`)).
    public func waitNanoseconds(afterAttempt attempt: UInt32, drawing random: inout JitterGenerator) -> UInt64 {
        var wait = min(firstNanoseconds, maxNanoseconds)
        var step: UInt32 = 1
        while step < attempt, wait < maxNanoseconds {
            let product = wait.multipliedFullWidth(by: factorThousandths)
            guard product.high < 1000 else {
                wait = maxNanoseconds
                break
            }
            let next = min(UInt64(1000).dividingFullWidth(product).quotient, maxNanoseconds)
            guard next > wait else { break }
            wait = next
            step += 1
        }
        guard jitterPartsPerBillion > 0 else { return wait }
        let share = UInt64(1_000_000_000).dividingFullWidth(wait.multipliedFullWidth(by: jitterPartsPerBillion))
            .quotient
        return wait - random.below(share + 1)
    }
}
