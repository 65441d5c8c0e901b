internal import Foundation

/// How long arrivals wait for one of several servers with a common queue: Poisson arrivals, exponential services, first come first
/// served (M/M/c). Rates are per unit of time, and times are in that unit.
///
/// Source: L. Kleinrock, "Queueing Systems", volume 1 (1975), section 3.5.
public struct MMcQueue: Hashable, Sendable {
    /// How many servers there are.
    public let servers: Int
    /// Arrivals per unit of time.
    public let arrivalRate: Double
    /// Services that one busy server completes per unit of time.
    public let serviceRate: Double
    /// The probability that an arrival has to wait.
    public let waitProbability: Double

    /// A queue that is stable.
    ///
    /// - Parameters:
    ///   - servers: One or more.
    ///   - arrivalRate: Above zero and less than the servers together complete.
    ///   - serviceRate: Above zero.
    public init(servers: Int, arrivalRate: Double, serviceRate: Double) {
        precondition(servers >= 1 && arrivalRate > 0 && serviceRate > 0, "no such queue")
        precondition(arrivalRate < Double(servers) * serviceRate, "the queue grows without end")
        self.servers = servers
        self.arrivalRate = arrivalRate
        self.serviceRate = serviceRate
        waitProbability = ErlangC.waitProbability(servers: servers, load: arrivalRate / serviceRate)
    }

    /// The share of the time that a server is busy, between zero and one.
    public var utilisation: Double { arrivalRate / (Double(servers) * serviceRate) }

    /// The mean wait for a server, of all arrivals.
    public var meanWait: Double { waitProbability / spareRate }

    /// The mean time from arrival to the end of the service. Sharing one server evenly among all who are there (M/M/1-PS) has the same mean.
    public var meanResponse: Double { meanWait + 1 / serviceRate }

    /// The probability of a wait longer than a time, which is not negative.
    public func probabilityOfWait(over time: Double) -> Double {
        precondition(time >= 0, "no wait is negative")
        return waitProbability * exp(-spareRate * time)
    }

    /// The wait that a share of the arrivals, in percent, does not exceed: zero if so many do not wait at all.
    ///
    /// - Parameter percentile: From 0 up to but not 100.
    public func waitPercentile(_ percentile: Double) -> Double {
        precondition(percentile >= 0 && percentile < 100, "no such percentile")
        return max(0, log(waitProbability / (1 - percentile / 100)) / spareRate)
    }

    /// What the servers together could complete beyond what arrives, per unit of time.
    private var spareRate: Double { Double(servers) * serviceRate - arrivalRate }
}
