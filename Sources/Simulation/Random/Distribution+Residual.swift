extension Distribution {
    /// Draws the time from a random moment to the next of a series of events whose gaps follow the law, if the series has gone on
    /// for ever: the stationary forward recurrence time (Cox 1962, Renewal Theory).
    ///
    /// A random moment falls into a gap of length x with a probability in proportion to x, and anywhere in it equally likely. So it is
    /// a length-biased gap times an even draw between zero and one. A sample is at least 1.
    ///
    /// - Precondition: The law has no floor above 1, unless it is constant or uniform.
    public func sampleResidual(drawing stream: inout RandomStream) -> UInt64 {
        let residual = sampleAgeAndRest(drawing: &stream).rest
        return residual < Double(Self.sampleMax) ? max(1, UInt64(residual + 0.5)) : Self.sampleMax
    }

    /// Draws the gap into which a random moment of such a series falls: how old it is then, and what remains of it, which is what
    /// ``sampleResidual(drawing:)`` rounds.
    ///
    /// - Precondition: That of ``sampleResidual(drawing:)``.
    func sampleAgeAndRest(drawing stream: inout RandomStream) -> (age: Double, rest: Double) {
        precondition(
            law == .constant || law == .uniform || low <= 1, "samples that are raised to a floor follow no law")
        let length = sampleLengthBiased(drawing: &stream)
        let rest = length * stream.unit()
        return (length - rest, rest)
    }

    /// Draws a gap in which a random moment is: its density is x f(x) over the mean.
    private func sampleLengthBiased(drawing stream: inout RandomStream) -> Double {
        switch law {
        case .constant:
            return Double(low)
        case .uniform:
            // The distribution function is (x^2 - from^2) / (to^2 - from^2).
            let (from, to) = (Double(low), Double(high))
            return (from * from + stream.unit() * (to * to - from * from)).squareRoot()
        case .exponential:
            // x e^-x: the sum of two.
            return first * (ExponentialLaw.sample(drawing: &stream) + ExponentialLaw.sample(drawing: &stream))
        case .lognormal:
            // Lognormal again, its logarithm's mean higher by the variance.
            let normal = DeterministicMath.normalQuantile(stream.unit())
            return first * DeterministicMath.exponential(second * (second + normal))
        case .weibull:
            // (x / scale)^shape follows the gamma law with shape 1 + 1 / shape.
            let power = GammaLaw.sample(shape: 1 + 1 / second, drawing: &stream)
            return first * DeterministicMath.exponential(DeterministicMath.logarithm(power) / second)
        }
    }
}
