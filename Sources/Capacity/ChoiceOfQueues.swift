internal import Foundation

/// Many servers with a queue each, where every arrival looks at a few queues that it draws and joins the shortest ("the power of two
/// choices"): Poisson arrivals, exponential services, in the limit of many servers.
///
/// Source: M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Transactions on Parallel and Distributed Systems 12
/// (2001); also Vvedenskaya, Dobrushin and Karpelevich (1996).
public enum ChoiceOfQueues {
    /// The mean time from arrival to the end of the service, in mean service times: the sum over i from 1 on of
    /// rho^((d^i - d) / (d - 1)); 1 / (1 - rho) if there is one choice.
    ///
    /// - Parameters:
    ///   - utilisation: The share of the time that a server is busy, from zero up to but not one.
    ///   - choices: At how many queues an arrival looks, one or more.
    public static func meanResponse(utilisation: Double, choices: Int) -> Double {
        precondition(utilisation >= 0 && utilisation < 1, "the queues grow without end")
        precondition(choices >= 1, "an arrival needs a queue")
        guard choices > 1 else { return 1 / (1 - utilisation) }
        // The exponent goes 0, d, d + d^2, ...: each is d more than d times the one before.
        var exponent = 0.0
        var sum = 0.0
        while true {
            let term = pow(utilisation, exponent)
            guard term > 1e-18 else { return sum }
            sum += term
            exponent = Double(choices) * (exponent + 1)
        }
    }
}
