/// Customers who go round between thinking and several servers with a common queue, with exponential times: the finite population of M/M/c
/// known as the machine repair model. Times are in one unit of the caller's choice.
///
/// Source: L. Kleinrock, "Queueing Systems", volume 1 (1975), section 3.8.
public struct ClosedQueue: Hashable, Sendable {
    /// Services that are completed per unit of time.
    public let throughput: Double
    /// The mean time from joining the queue to the end of the service (by Little's law).
    public let meanResponse: Double
    /// The mean wait for a server.
    public let meanWait: Double

    /// - Parameters:
    ///   - servers: One or more.
    ///   - customers: One or more.
    ///   - serviceTime: The mean service time, above zero.
    ///   - thinkTime: The mean time between the end of a service and joining the queue again; zero or more.
    /// - Complexity: O(customers).
    public init(servers: Int, customers: Int, serviceTime: Double, thinkTime: Double) {
        precondition(servers >= 1 && customers >= 1 && serviceTime > 0 && thinkTime >= 0, "no such queue")
        // From all present downwards, relative to the probability of that, which never divides by the time to think.
        var (weight, sum, busy) = (1.0, 0.0, 0.0)
        for present in stride(from: customers, through: 0, by: -1) {
            let working = Double(min(present, servers))
            sum += weight
            busy += weight * working
            // The rate from one fewer up is (customers - present + 1) / thinkTime, and that down is working / serviceTime.
            weight *= working * thinkTime / (serviceTime * Double(customers - present + 1))
            // Only their ratio matters, and so they may shrink together.
            if sum > 1e200 { (weight, sum, busy) = (weight / 1e200, sum / 1e200, busy / 1e200) }
        }
        throughput = busy / sum / serviceTime
        meanResponse = Double(customers) / throughput - thinkTime
        meanWait = meanResponse - serviceTime
    }
}
