/// Erlang's formula of waiting: servers with one queue that has no end, Poisson arrivals and exponential services (M/M/c).
///
/// Source: A. K. Erlang (1917); see L. Kleinrock, "Queueing Systems", volume 1 (1975), section 3.5.
public enum ErlangC {
    /// The probability that an arrival has to wait, from the loss formula: C = B / (1 - rho (1 - B)) with rho = load / servers. One if the
    /// servers cannot keep up.
    ///
    /// - Parameters:
    ///   - servers: One or more.
    ///   - load: The offered load in erlangs, zero or more and finite.
    /// - Complexity: O(servers).
    public static func waitProbability(servers: Int, load: Double) -> Double {
        precondition(servers >= 1, "a queue needs a server")
        return waitProbability(servers: servers, load: load, blocking: ErlangB.blocking(servers: servers, load: load))
    }

    /// The fewest servers with which at most a given share of the arrivals has to wait.
    ///
    /// - Parameters:
    ///   - load: The offered load in erlangs, zero or more and finite.
    ///   - waitProbabilityMax: The share that may wait, strictly between zero and one.
    /// - Complexity: O(the result), which is at most about the load plus a few times its square root unless the share is tiny.
    public static func servers(load: Double, waitProbabilityMax: Double) -> Int {
        precondition(load >= 0 && load.isFinite, "no such load")
        precondition(waitProbabilityMax > 0 && waitProbabilityMax < 1, "no such objective")
        var servers = 0
        var blocking = 1.0
        repeat {
            servers += 1
            blocking = load * blocking / (Double(servers) + load * blocking)
        } while waitProbability(servers: servers, load: load, blocking: blocking) > waitProbabilityMax
        return servers
    }

    private static func waitProbability(servers: Int, load: Double, blocking: Double) -> Double {
        let utilisation = load / Double(servers)
        return utilisation < 1 ? blocking / (1 - utilisation * (1 - blocking)) : 1
    }
}
