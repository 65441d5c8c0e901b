/// Erlang's loss formula: servers without a queue, where a call that finds all of them busy is lost. Calls arrive as a Poisson process; the
/// law of their durations does not matter (M/G/c/c).
///
/// Source: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges" (1917).
public enum ErlangB {
    /// The probability that a call is lost, by the recursion B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)), which loses no digits.
    ///
    /// - Parameters:
    ///   - servers: Zero or more.
    ///   - load: The offered load in erlangs, the rate of arrivals times the mean duration; zero or more and finite.
    /// - Complexity: O(servers).
    public static func blocking(servers: Int, load: Double) -> Double {
        precondition(servers >= 0 && load >= 0 && load.isFinite, "no such system of servers")
        var blocking = 1.0
        for server in 0..<servers {
            blocking = load * blocking / (Double(server + 1) + load * blocking)
        }
        return blocking
    }

    /// The fewest servers that lose at most a given share of the calls.
    ///
    /// - Parameters:
    ///   - load: The offered load in erlangs, zero or more and finite.
    ///   - blockingMax: The share that may be lost, above zero and at most one.
    /// - Complexity: O(the result), which is at most about the load plus a few times its square root unless the share is tiny.
    public static func servers(load: Double, blockingMax: Double) -> Int {
        precondition(load >= 0 && load.isFinite && blockingMax > 0 && blockingMax <= 1, "no such objective")
        var servers = 0
        var blocking = 1.0
        while blocking > blockingMax {
            servers += 1
            blocking = load * blocking / (Double(servers) + load * blocking)
        }
        return servers
    }

    /// The largest offered load, in erlangs, of which servers lose at most a given share.
    ///
    /// - Parameters:
    ///   - servers: One or more.
    ///   - blockingMax: The share that may be lost, strictly between zero and one.
    /// - Complexity: O(servers), about sixty times.
    public static func load(servers: Int, blockingMax: Double) -> Double {
        precondition(servers >= 1 && blockingMax > 0 && blockingMax < 1, "no such objective")
        var upper = Double(servers)
        while blocking(servers: servers, load: upper) <= blockingMax { upper *= 2 }
        return Bisection.lastTrue(from: 0, to: upper) { blocking(servers: servers, load: $0) <= blockingMax }
    }
}
