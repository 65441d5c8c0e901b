/// The search for the fewest servers with which a run meets its objectives.
public struct SmallestTier<Result: Sendable>: Sendable {
    /// What was tried.
    public struct Attempt: Sendable {
        /// How many servers.
        public let count: Int
        /// What came of it.
        public let result: Result
        /// Whether the objectives were met.
        public let isMet: Bool
    }

    /// Everything that was tried, by the number of servers.
    public let attempts: [Attempt]
    /// The fewest servers that do; nothing if not even the most do. One server fewer was tried and does not, unless it would be fewer than allowed.
    public let count: Int?

    /// Searches between two numbers by halving: if a number does, greater ones are taken to do as well.
    ///
    /// - Parameters:
    ///   - range: The fewest and the most servers.
    ///   - guess: Where to begin, such as what a formula says: a good guess saves runs.
    ///   - attempt: Makes the runs with a number of servers.
    ///   - isMet: Whether a result meets the objectives.
    /// - Complexity: O(log of the distance from the guess) attempts.
    public init(
        in range: ClosedRange<Int>, guess: Int, attempt: (Int) throws -> Result, isMet: (Result) -> Bool
    ) rethrows {
        var attempts: [Attempt] = []
        func does(_ count: Int) throws -> Bool {
            if let known = attempts.first(where: { $0.count == count }) { return known.isMet }
            let result = try attempt(count)
            let isMet = isMet(result)
            attempts.append(Attempt(count: count, result: result, isMet: isMet))
            return isMet
        }
        var low = range.lowerBound - 1  // Does not, or is not allowed.
        var high = range.upperBound + 1  // Does, or is not allowed.
        // From the guess in growing steps until both sides are known.
        var next = min(max(guess, range.lowerBound), range.upperBound)
        var step = 1
        while high - low > 1 {
            if try does(next) { high = next } else { low = next }
            let isBracketed = low >= range.lowerBound && high <= range.upperBound
            if isBracketed {
                next = low + (high - low) / 2
            } else {
                next = low < range.lowerBound ? max(high - step, range.lowerBound) : min(low + step, range.upperBound)
                step *= 2
            }
        }
        self.attempts = attempts.sorted { $0.count < $1.count }
        count = high <= range.upperBound ? high : nil
    }
}
