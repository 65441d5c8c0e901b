internal import CGSL

/// Student's t distribution.
public enum StudentT {
    /// The value below which a t variable falls with a probability.
    ///
    /// - Parameters:
    ///   - probability: Strictly between zero and one.
    ///   - degreesOfFreedom: Positive.
    public static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
        precondition(probability > 0 && probability < 1 && degreesOfFreedom > 0, "no such quantile")
        precondition(GSL.isReady)
        return gsl_cdf_tdist_Pinv(probability, degreesOfFreedom)
    }
}
