internal import CGSL
internal import Foundation
internal import Statistics

/// How full the fullest server is if users are put on servers by a hash of their name. The users of one server follow a binomial law; that they
/// do so independently of the other servers' is an approximation, good for many servers: that users are lacking elsewhere is left out.
///
/// From a thousand servers on the law of Poisson stands for the binomial law: its variance is greater by one part in as many as there are
/// servers, so the result errs to the safe side, by less than one part in a thousand of the distance to the mean.
///
/// Below a thousand servers the tail of the binomial law is an incomplete beta function; where its variance is 100,000 or more, so that the
/// function's series would not end, it is that of the normal law with the correction for skewness (Edgeworth), which is right to 0.2 % within
/// five standard deviations.
///
/// Source: M. Raab and A. Steger, "Balls into bins - a simple and tight analysis" (RANDOM 1998), for the problem; here the tails are
/// computed, not bounded.
public struct MaximumLoad: Hashable, Sendable {
    /// How many users there are.
    public let users: Int
    /// How many servers they are hashed over.
    public let servers: Int

    /// Both are one or more.
    public init(users: Int, servers: Int) {
        precondition(users >= 1 && servers >= 1, "users need a server")
        self.users = users
        self.servers = servers
    }

    /// The mean number of users of a server.
    public var mean: Double { Double(users) / Double(servers) }

    /// The probability that one given server has more than `capacity` users, which is not negative.
    public func probabilityOneOver(_ capacity: Int) -> Double {
        precondition(capacity >= 0 && GSL.isReady, "no such capacity")
        guard capacity < users else { return 0 }
        if servers >= 1000 { return gsl_cdf_gamma_P(mean, Double(capacity) + 1, 1) }
        let share = 1 / Double(servers)
        let variance = mean * (1 - share)
        if variance < 100_000 {
            return gsl_cdf_beta_P(share, Double(capacity) + 1, Double(users) - Double(capacity))
        }
        let deviations = (Double(capacity) + 0.5 - mean) / variance.squareRoot()
        let skewness = (1 - 2 * share) / variance.squareRoot()
        let correction = skewness * (deviations * deviations - 1) / 6 * gsl_ran_ugaussian_pdf(deviations)
        return min(1, max(0, gsl_cdf_ugaussian_Q(deviations) + correction))
    }

    /// The probability that any server has more than `capacity` users, which is not negative.
    public func probabilityAnyOver(_ capacity: Int) -> Double {
        -expm1(Double(servers) * log1p(-min(1, probabilityOneOver(capacity))))
    }

    /// The expected number of users of the fullest server: the sum over k of the probability that any has more than k. It falls smoothly over
    /// several square roots of the mean, so that of a large mean every so many terms stand for those around them: steps of a sixty-fourth of the
    /// square root change the sum by less than a millionth of that.
    ///
    /// - Complexity: A few hundred tails.
    public var expected: Double {
        // An odd number, so that a term is in the middle of those that it stands for.
        let step = max(1, Int(mean.squareRoot() / 64)) | 1
        let lowest = quantile(1e-15)
        var sum = Double(lowest)
        var middle = lowest + step / 2
        while true {
            let probability = probabilityAnyOver(middle)
            guard probability > 1e-12 else { return sum }
            sum += probability * Double(step)
            middle += step
        }
    }

    /// The number of users that the fullest server does not exceed with a probability.
    ///
    /// - Parameter probability: Strictly between zero and one.
    /// - Complexity: O(log users).
    public func quantile(_ probability: Double) -> Int {
        precondition(probability > 0 && probability < 1, "no such quantile")
        return Bisection.firstTrue(from: 0, to: users) { 1 - probabilityAnyOver($0) >= probability }
    }

    /// The fewest servers for which the probability that any has more than `capacity` users stays below a limit.
    ///
    /// - Parameters:
    ///   - users: One or more.
    ///   - capacity: How many users one server may have, one or more.
    ///   - probabilityLimit: Strictly between zero and one.
    /// - Complexity: O(log users).
    public static func serversNeeded(users: Int, capacity: Int, probabilityLimit: Double) -> Int {
        precondition(users >= 1 && capacity >= 1, "users need room")
        precondition(probabilityLimit > 0 && probabilityLimit < 1, "no such objective")
        let fits = { MaximumLoad(users: users, servers: $0).probabilityAnyOver(capacity) < probabilityLimit }
        // With fewer than this some server is over for sure.
        let lowest = (users - 1) / capacity + 1
        var upper = lowest
        while !fits(upper) { upper *= 2 }
        return Bisection.firstTrue(from: lowest, to: upper, fits)
    }
}
