internal import CGSL
internal import Foundation
internal import Statistics

/// Mean waits for one server, first come first served. Times are in one unit of the caller's choice.
public enum SingleServerQueue {
    /// The mean wait with Poisson arrivals and services of any law (M/G/1), by the formula of Pollaczek and Khinchine:
    /// rho / (1 - rho) (1 + Cs^2) / 2 mean services.
    ///
    /// Source: L. Kleinrock, "Queueing Systems", volume 1 (1975), section 5.6.
    ///
    /// - Parameters:
    ///   - utilisation: The share of the time that the server is busy, from zero up to but not one.
    ///   - serviceTime: The mean service time, above zero.
    ///   - serviceVariation: The squared coefficient of variation of the service time: 0 if all are equal, 1 if exponential.
    public static func meanWait(utilisation: Double, serviceTime: Double, serviceVariation: Double) -> Double {
        precondition(utilisation >= 0 && utilisation < 1, "the queue grows without end")
        precondition(serviceTime > 0 && serviceVariation >= 0, "no such service")
        return utilisation / (1 - utilisation) * (1 + serviceVariation) / 2 * serviceTime
    }

    /// The probability that an arrival has to wait if arrivals come at even distances and services are exponential (D/M/1): the root below
    /// one of sigma = exp(-(1 - sigma) / rho), which is -rho W(-exp(-1 / rho) / rho) with Lambert's W.
    ///
    /// Source: L. Kleinrock, "Queueing Systems", volume 1 (1975), section 6.4.
    ///
    /// - Parameter utilisation: The share of the time that the server is busy, strictly between zero and one.
    public static func waitProbabilityWithEvenArrivals(utilisation: Double) -> Double {
        precondition(utilisation > 0 && utilisation < 1 && GSL.isReady, "the queue grows without end")
        return -utilisation * gsl_sf_lambert_W0(-exp(-1 / utilisation) / utilisation)
    }

    /// The mean wait if arrivals come at even distances and services are exponential (D/M/1): sigma / (1 - sigma) mean services.
    ///
    /// - Parameters:
    ///   - utilisation: The share of the time that the server is busy, strictly between zero and one.
    ///   - serviceTime: The mean service time, above zero.
    public static func meanWaitWithEvenArrivals(utilisation: Double, serviceTime: Double) -> Double {
        precondition(serviceTime > 0, "no such service")
        let sigma = waitProbabilityWithEvenArrivals(utilisation: utilisation)
        return sigma / (1 - sigma) * serviceTime
    }
}
