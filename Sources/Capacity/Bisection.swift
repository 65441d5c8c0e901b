/// Halving an interval until it cannot be halved.
enum Bisection {
    /// The largest value, to the last digit or so, for which a condition holds that holds from the lower end up to somewhere and not beyond.
    ///
    /// - Precondition: The condition holds at `lower`, and does not hold at `upper`.
    static func lastTrue(from lower: Double, to upper: Double, _ holds: (Double) -> Bool) -> Double {
        var (lower, upper) = (lower, upper)
        while true {
            let middle = lower + (upper - lower) / 2
            guard middle > lower, middle < upper, upper - lower > middle.ulp else { return lower }
            if holds(middle) { lower = middle } else { upper = middle }
        }
    }

    /// The smallest number from `lower` on for which a condition holds that, from somewhere on, always holds.
    ///
    /// - Precondition: The condition holds at `upper`.
    static func firstTrue(from lower: Int, to upper: Int, _ holds: (Int) -> Bool) -> Int {
        var (lower, upper) = (lower, upper)
        while lower < upper {
            let middle = lower + (upper - lower) / 2
            if holds(middle) { upper = middle } else { lower = middle + 1 }
        }
        return upper
    }
}
