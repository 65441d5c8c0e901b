internal import CGSL
internal import Foundation
internal import Statistics

/// How many sessions are open if they begin as a Poisson process whose rate swings as a sine, and none waits for another (M/G/infinity):
/// another sine, that swings less and lags behind. At any moment the number of sessions has a Poisson law with that mean.
///
/// Source: S. G. Eick, W. A. Massey and W. Whitt, "M_t/G/infinity queues with sinusoidal arrival rates", Management Science 39 (1993).
public struct DailyOccupancy: Hashable, Sendable {
    /// The mean number of open sessions over the period (Little's law).
    public let mean: Double
    /// By which factor the swing of the occupancy, relative to its mean, is less than that of the rate: between zero and one.
    public let attenuation: Double
    /// How long after the rate the occupancy swings, in seconds.
    public let lagSeconds: Double
    /// The swing of the rate, relative to its mean: between zero and one.
    public let rateSwing: Double
    /// After which time the rate repeats, in seconds.
    public let periodSeconds: Double

    /// The occupancy of sessions with exponential lengths: attenuation 1 / sqrt(1 + w^2 T^2) and lag atan(w T) / w, with the angular frequency w
    /// of the period and the mean session T.
    ///
    /// - Parameters:
    ///   - meanRate: Sessions that begin per second, averaged over the period; above zero.
    ///   - rateSwing: From 0 to 1; the peak is `meanRate * (1 + rateSwing)`.
    ///   - meanSessionSeconds: Above zero.
    ///   - periodSeconds: Above zero; a day by default.
    public init(meanRate: Double, rateSwing: Double, meanSessionSeconds: Double, periodSeconds: Double = 86_400) {
        let phase = 2 * Double.pi / periodSeconds * meanSessionSeconds
        let scale = 1 / (1 + phase * phase)
        self.init(
            meanRate: meanRate, rateSwing: rateSwing, meanSessionSeconds: meanSessionSeconds,
            periodSeconds: periodSeconds, cosine: scale, sine: phase * scale)
    }

    /// The occupancy of sessions with lengths of any law, by integrals over its tail to eight digits.
    ///
    /// - Parameters:
    ///   - meanRate: Sessions that begin per second, averaged over the period; above zero.
    ///   - rateSwing: From 0 to 1; the peak is `meanRate * (1 + rateSwing)`.
    ///   - meanSessionSeconds: Above zero; the integral of `survival` from zero on.
    ///   - periodSeconds: Above zero; a day by default.
    ///   - survival: The probability that a session is longer than a number of seconds.
    /// - Throws: `IntegrationError` if the integrals do not converge, as of a tail that is too heavy or jumps too often.
    public init(
        meanRate: Double, rateSwing: Double, meanSessionSeconds: Double, periodSeconds: Double = 86_400,
        survival: (Double) -> Double
    ) throws {
        let frequency = 2 * Double.pi / periodSeconds
        // In mean sessions, so that what matters is near one.
        let cosine = try Integral.fromZeroOn {
            survival($0 * meanSessionSeconds) * cos(frequency * meanSessionSeconds * $0)
        }
        let sine = try Integral.fromZeroOn {
            survival($0 * meanSessionSeconds) * sin(frequency * meanSessionSeconds * $0)
        }
        self.init(
            meanRate: meanRate, rateSwing: rateSwing, meanSessionSeconds: meanSessionSeconds,
            periodSeconds: periodSeconds, cosine: cosine, sine: sine)
    }

    /// From the mean cosine and sine of the phase through which the rate goes in the age of a session that is open.
    private init(
        meanRate: Double, rateSwing: Double, meanSessionSeconds: Double, periodSeconds: Double, cosine: Double,
        sine: Double
    ) {
        precondition(meanRate > 0 && rateSwing >= 0 && rateSwing <= 1, "no such rate")
        precondition(meanSessionSeconds > 0 && periodSeconds > 0, "no such time")
        mean = meanRate * meanSessionSeconds
        attenuation = (cosine * cosine + sine * sine).squareRoot()
        lagSeconds = atan2(sine, cosine) * periodSeconds / (2 * Double.pi)
        self.rateSwing = rateSwing
        self.periodSeconds = periodSeconds
    }

    /// The expected number of open sessions when most are.
    public var peak: Double { mean * (1 + rateSwing * attenuation) }

    /// The expected number of open sessions a time after the rate rose through its mean.
    public func occupancy(atSeconds seconds: Double) -> Double {
        mean * (1 + rateSwing * attenuation * sin(2 * Double.pi / periodSeconds * (seconds - lagSeconds)))
    }
}
