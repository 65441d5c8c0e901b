import Chat
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
    private func policy(
        first: UInt64 = 100, factor: UInt64 = 2000, max: UInt64 = 1000, jitter: UInt64 = 0, attempts: UInt32 = 0
    ) -> RetryPolicy {
        RetryPolicy(
            firstNanoseconds: first, factorThousandths: factor, maxNanoseconds: max, jitterPartsPerBillion: jitter,
            attemptsMax: attempts)
    }

    @Test("waits grow by the factor up to the longest")
    func backoff() {
        var random = JitterGenerator(seed: 1)
        let waits = (1...6).map { policy().waitNanoseconds(afterAttempt: $0, drawing: &random) }
        #expect(waits == [100, 200, 400, 800, 1000, 1000])
        #expect(policy(factor: 1500).waitNanoseconds(afterAttempt: 3, drawing: &random) == 225)
        #expect(policy(factor: 1000).waitNanoseconds(afterAttempt: .max, drawing: &random) == 100)
        #expect(policy(first: 1, factor: 1500).waitNanoseconds(afterAttempt: .max, drawing: &random) == 1)
        let huge = policy(first: .max / 2, factor: 10_000, max: .max)
        #expect(huge.waitNanoseconds(afterAttempt: 40, drawing: &random) == .max)
    }

    @Test("jitter takes up to its share off a wait, and reaches both ends")
    func jitter() {
        var random = JitterGenerator(seed: 7)
        let waits = (0..<1000).map { _ in
            policy(first: 100, jitter: 200_000_000).waitNanoseconds(afterAttempt: 1, drawing: &random)
        }
        #expect(waits.min() == 80 && waits.max() == 100)
    }

    @Test("the budget counts the first attempt; zero is no limit")
    func budget() {
        #expect(!policy(attempts: 3).isExhausted(afterAttempts: 2))
        #expect(policy(attempts: 3).isExhausted(afterAttempts: 3))
        #expect(!policy(attempts: 0).isExhausted(afterAttempts: .max))
    }
}
