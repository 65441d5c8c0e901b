internal import Foundation

/// The mean wait for one of several servers with a common queue, of arrivals and services of any law (G/G/c). It is an approximation from the
/// first two moments.
///
/// Sources: A. O. Allen, "Probability, Statistics and Queueing Theory" (2nd edition 1990), for the formula of Allen and Cunneen; W. Kraemer and
/// M. Langenbach-Belz, "Approximate formulae for the delay in the queueing system GI/G/1" (8th International Teletraffic Congress, 1976), for
/// the correction.
public struct GGcQueue: Hashable, Sendable {
    /// The queue with the same rates, and Poisson arrivals and exponential services.
    public let markovian: MMcQueue
    /// The squared coefficient of variation of the time between arrivals: 0 if all are equal, 1 if Poisson.
    public let arrivalVariation: Double
    /// The squared coefficient of variation of the service time: 0 if all are equal, 1 if exponential.
    public let serviceVariation: Double

    /// A queue that is stable. The variations are zero or more.
    public init(markovian: MMcQueue, arrivalVariation: Double, serviceVariation: Double) {
        precondition(arrivalVariation >= 0 && serviceVariation >= 0, "no such variation")
        self.markovian = markovian
        self.arrivalVariation = arrivalVariation
        self.serviceVariation = serviceVariation
    }

    /// The mean wait of the Markovian queue times half the sum of the variations (Allen and Cunneen). For one server this is Kingman's formula for
    /// heavy traffic.
    public var meanWaitUncorrected: Double { markovian.meanWait * (arrivalVariation + serviceVariation) / 2 }

    /// The same with the correction of Kraemer and Langenbach-Belz, which lowers it for arrivals that are not Poisson.
    public var meanWait: Double { meanWaitUncorrected * correction }

    /// Between zero and one; one for Poisson arrivals.
    private var correction: Double {
        let idle = 1 - markovian.utilisation
        if arrivalVariation > 1 {
            return exp(-idle * (arrivalVariation - 1) / (arrivalVariation + 4 * serviceVariation))
        }
        let sum = arrivalVariation + serviceVariation
        // Even arrivals of equal services never wait.
        guard sum > 0 else { return 0 }
        let evenness = 1 - arrivalVariation
        return exp(-2 * idle * evenness * evenness / (3 * markovian.utilisation * sum))
    }
}
