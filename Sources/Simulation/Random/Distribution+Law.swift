extension Distribution {
    /// The value below which a sample falls with a probability.
    ///
    /// - Precondition: `probability` is strictly between zero and one.
    public func quantile(_ probability: Double) -> UInt64 {
        precondition(probability > 0 && probability < 1, "a quantile needs a probability between zero and one")
        return switch law {
        case .constant: low
        case .uniform: min(high, low + UInt64((Double(high - low) + 1) * probability))
        case .exponential: whole(-first * DeterministicMath.logarithm(1 - probability))
        case .lognormal:
            whole(first * DeterministicMath.exponential(second * DeterministicMath.normalQuantile(probability)))
        case .weibull:
            whole(
                first
                    * DeterministicMath.exponential(
                        DeterministicMath.logarithm(-DeterministicMath.logarithm(1 - probability)) / second))
        }
    }

    /// The mean of samples.
    ///
    /// - Precondition: The law has no floor above 1, unless it is constant or uniform.
    public var mean: Double {
        precondition(
            law == .constant || law == .uniform || low <= 1, "samples that are raised to a floor follow no law")
        return switch law {
        case .constant: Double(low)
        case .uniform: Double(low) / 2 + Double(high) / 2
        case .exponential: first
        case .lognormal: first * DeterministicMath.exponential(second * second / 2)
        case .weibull:
            first * DeterministicMath.exponential(DeterministicMath.logarithmOfGamma(1 + 1 / second))
        }
    }
}

extension DeterministicMath {
    /// The natural logarithm of the gamma function, by Stirling's series after moving the argument above 8 (Abramowitz and Stegun
    /// 1964, 6.1.15 and 6.1.41); the error is about 10^-11.
    ///
    /// - Precondition: `value` is at least 1.
    public static func logarithmOfGamma(_ value: Double) -> Double {
        precondition(value >= 1 && value < 1e6, "the series is for arguments from 1 on")
        var x = value
        var product = 1.0
        while x < 8 {
            product *= x
            x += 1
        }
        let inverse = 1 / x
        let square = inverse * inverse
        let series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)))
        let halfLogarithmOfTwoPi = 0.9189385332046727
        return (x - 0.5) * logarithm(x) - x + halfLogarithmOfTwoPi + series - logarithm(product)
    }
}
