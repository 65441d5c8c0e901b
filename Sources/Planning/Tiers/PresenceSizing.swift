internal import Foundation
public import Plan

/// What one way costs in which users learn who is online.
public struct PresenceCost: Hashable, Sendable {
    /// The way.
    public let scheme: PresenceScheme
    /// Messages or look-ups in a second when most users are connected.
    public let messages: Figure
    /// How many times as many as messages that are sent, on average.
    public let timesChat: Figure
}

/// What each way costs in which users learn who is online.
public struct PresenceSizing: Hashable, Sendable {
    /// Changes from offline to online in a second when most users are connected.
    public let arrivals: Figure
    /// The share of the news that a user is online that is still sent after the delay: of those who stay so long.
    public let keptByDelay: Figure
    /// The same if sessions were exponential.
    public let keptIfExponential: Figure
    /// Look-ups of all friends at the start of sessions, in a second.
    public let snapshots: Figure
    /// Each way.
    public let schemes: [PresenceCost]
    /// The way of the plan.
    public let chosen: PresenceCost
}

extension PresenceSizing {
    init(_ plan: Plan, demand: DemandSizing) {
        let policy = plan.policies.presence
        let sessions = plan.demand.sessions
        let two = Term.constant(2)
        arrivals = Figure(
            "users who come online, peak", "users/s", demand.connectedUsers / sessions.meanSeconds)
        // Only friends who are online are told.
        let audience = Figure(
            "friends who are online", "friends/user", plan.demand.friends * plan.demand.concurrentShare)
        let kept = Self.survival(
            afterSeconds: policy.broadcastDelaySeconds.value, meanSeconds: sessions.meanSeconds.value,
            shape: sessions.shape.value)
        keptByDelay = Figure(
            "share of sessions that outlast the delay", "ratio",
            Term.model(
                "Weibull survival", of: [policy.broadcastDelaySeconds, sessions.meanSeconds, sessions.shape], kept))
        keptIfExponential = Figure(
            "share of exponential sessions that outlast the delay", "ratio",
            Term.model(
                "exponential survival", of: [policy.broadcastDelaySeconds, sessions.meanSeconds],
                exp(-policy.broadcastDelaySeconds.value / sessions.meanSeconds.value)))
        snapshots = Figure("look-ups of friends on start", "look-ups/s", arrivals * plan.demand.friends)
        let foreground = Figure(
            "clients that are looked at", "users", demand.connectedUsers * policy.foregroundShare)
        let naive = arrivals * audience * two
        // The news for one receiver come as a Poisson process; a packet goes out for each time span that has any.
        let newsRate = two.value * audience.value / sessions.meanSeconds.value
        let anyNews = Figure(
            "share of time spans with news", "ratio",
            Term.model(
                "1 - e^-(news in a time span)", of: [audience, sessions.meanSeconds, policy.batchSeconds],
                -expm1(-newsRate * policy.batchSeconds.value)))
        let polls = foreground / policy.viewportSeconds
        let onlineOnly = arrivals * audience
        let terms: [(PresenceScheme, Term)] = [
            (.naive, naive), (.onlineOnly, onlineOnly),
            (.batched, demand.connectedUsers * anyNews / policy.batchSeconds),
            (.viewportPublish, foreground * policy.visible * two / sessions.meanSeconds),
            (.viewportPoll, polls),
            // The look-up of all friends is one request; its cost is counted by look-ups in ``snapshots``.
            (.optimised, onlineOnly * keptByDelay + arrivals + polls),
        ]
        let costs = terms.map { scheme, term in
            let name = "presence, \(scheme.rawValue.replacing("_", with: " "))"
            let messages = Figure(name, "messages/s", term)
            return PresenceCost(
                scheme: scheme, messages: messages,
                timesChat: Figure("\(name), of messages sent", "ratio", messages / demand.meanSends))
        }
        schemes = costs
        chosen = costs.first { $0.scheme == policy.scheme.value } ?? costs[0]
    }

    /// The probability that a session of a Weibull law outlasts a time.
    static func survival(afterSeconds seconds: Double, meanSeconds: Double, shape: Double) -> Double {
        let scale = meanSeconds / tgamma(1 + 1 / shape)
        return exp(-pow(seconds / scale, shape))
    }
}
