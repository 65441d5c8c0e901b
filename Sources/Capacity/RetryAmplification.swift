/// How many attempts a request becomes.
public enum RetryAmplification {
    /// The mean number of attempts of a request that is tried again after each failure, up to a number of times, in each of several layers:
    /// (1 + p + p^2 + ... + p^r)^layers. The failures are independent; a layer sees the same share fail as the one below.
    ///
    /// Source: B. Beyer and others, "Site Reliability Engineering" (2016), chapters 21 and 22.
    ///
    /// - Parameters:
    ///   - failureProbability: The share of the attempts that fail, from 0 to 1.
    ///   - retriesMax: How often one is tried again, zero or more.
    ///   - layers: How many layers each try again, one or more.
    public static func attempts(failureProbability: Double, retriesMax: Int, layers: Int = 1) -> Double {
        precondition(failureProbability >= 0 && failureProbability <= 1, "no such probability")
        precondition(retriesMax >= 0 && layers >= 1, "no such retries")
        let one = (0..<retriesMax).reduce(1.0) { sum, _ in 1 + failureProbability * sum }
        return (0..<layers).reduce(1.0) { product, _ in product * one }
    }
}
