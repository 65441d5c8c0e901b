internal import CGSL
internal import Statistics

/// How many servers a large pool needs: the load and a few times its square root.
///
/// Source: S. Halfin and W. Whitt, "Heavy-traffic limits for queues with many exponential servers", Operations Research 29 (1981). It is a limit
/// for large loads of the M/M/c queue.
public enum SquareRootStaffing {
    /// The servers of a load with a quality of service: the load plus `quality` times its square root, rounded up.
    ///
    /// - Parameters:
    ///   - load: The offered load in erlangs, above zero.
    ///   - quality: How many square roots of the load are kept spare, above zero.
    public static func servers(load: Double, quality: Double) -> Int {
        precondition(load > 0 && load.isFinite && quality > 0 && quality.isFinite, "no such pool")
        return Int((load + quality * load.squareRoot()).rounded(.up))
    }

    /// The probability that an arrival has to wait: 1 / (1 + b P(b) / p(b)) for the quality b, with the distribution P and the density p of
    /// the normal law.
    ///
    /// - Parameter quality: Above zero.
    public static func waitProbability(quality: Double) -> Double {
        precondition(quality > 0 && GSL.isReady, "a pool without spare servers does not keep up")
        let density = gsl_ran_ugaussian_pdf(quality)
        return density / (density + quality * gsl_cdf_ugaussian_P(quality))
    }

    /// The quality with which a given share of the arrivals has to wait.
    ///
    /// - Parameter waitProbability: From 1e-100 up to but not one.
    public static func quality(waitProbability: Double) -> Double {
        precondition(waitProbability >= 1e-100 && waitProbability < 1, "no such objective")
        // Beyond 25 square roots the probability is below 1e-130.
        return Bisection.lastTrue(from: Double.leastNormalMagnitude, to: 25) {
            Self.waitProbability(quality: $0) >= waitProbability
        }
    }
}
