internal import Capacity
internal import Plan

/// What is asked of the system at the end of a year.
public struct DemandSizing: Hashable, Sendable {
    /// How many users there are.
    public let users: Figure
    /// How many of them are connected when most are.
    public let connectedUsers: Figure
    /// How many connections they have then.
    public let connections: Figure
    /// How many connections there are on average over a day.
    public let meanConnections: Figure
    /// Messages that are sent in a second, on average.
    public let meanSends: Figure
    /// Messages that are sent in a second in the busiest hour of the busiest day.
    public let peakSends: Figure
    /// Messages that are sent in a second at the busiest moment of the year; the tiers are not sized for them.
    public let holidaySends: Figure
    /// Messages that are delivered in a second, on average.
    public let meanDeliveries: Figure
    /// Messages that are delivered in a second in the busiest hour of the busiest day.
    public let peakDeliveries: Figure
    /// Sessions that begin in a second when most users are connected.
    public let peakLogins: Figure
    /// Pages of messages or conversations that are read in a second then.
    public let peakReads: Figure
    /// Requests in a second of clients that poll or hold a request; none with websockets.
    public let peakRequests: Figure
    /// Connections that are open at a moment: all of them, or with polls those of the requests that are under way.
    public let openConnections: Figure
}

extension DemandSizing {
    /// The demand at the end of a year.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - year: Zero for now, up to ``ObjectivesModel/years``.
    init(_ plan: Plan, year: Int) {
        let demand = plan.demand
        let day = Term.constant(86_400)
        users = Self.users(demand.users, year: year)
        connectedUsers = Figure("connected users at the peak", "users", users * demand.concurrentShare)
        connections = Figure("connections at the peak", "connections", connectedUsers * demand.devicesPerUser)
        meanSends = Figure("messages sent, mean", "messages/s", users * demand.messagesPerDay / day)
        peakSends = Figure("messages sent, peak", "messages/s", meanSends * demand.peak.hour * demand.peak.day)
        holidaySends = Figure("messages sent, busiest moment", "messages/s", meanSends * demand.peak.holiday)
        meanDeliveries = Figure("deliveries, mean", "deliveries/s", meanSends * demand.deliveriesPerMessage)
        peakDeliveries = Figure("deliveries, peak", "deliveries/s", peakSends * demand.deliveriesPerMessage)
        peakLogins = Figure("sessions begun, peak", "sessions/s", connections / demand.sessions.meanSeconds)
        peakReads = Figure("pages read, peak", "pages/s", peakLogins * demand.readsPerSession)
        let occupancy = DailyOccupancy(
            meanRate: 1, rateSwing: min(1, demand.peak.hour.value - 1),
            meanSessionSeconds: demand.sessions.meanSeconds.value)
        meanConnections = Figure(
            "connections, mean", "connections",
            connections
                / Term.model(
                    "peak of the daily occupancy", "Eick, Massey and Whitt (1993)",
                    of: [demand.peak.hour, demand.sessions.meanSeconds], occupancy.peak / occupancy.mean))
        let transport = plan.policies.transport
        if let period = transport.periodSeconds {
            peakRequests = Figure("requests of clients, peak", "requests/s", connections / period)
        } else {
            peakRequests = Figure("requests of clients, peak", "requests/s", Term.constant(0))
        }
        if transport.kind.value == .poll {
            openConnections = Figure(
                "open connections at the peak", "connections", peakRequests * plan.costs.mobileRoundTripSeconds)
        } else {
            openConnections = Figure("open connections at the peak", "connections", connections)
        }
    }

    /// The number of users at the end of a year.
    static func users(_ model: UsersModel, year: Int) -> Figure {
        let name = year == 0 ? "users now" : "users after year \(year)"
        if year > 0, let growth = model.growthPerYear {
            var value = model.now.value
            for _ in 0..<year { value *= 1 + growth.value }
            return Figure(
                name, "users",
                Term.model("compound growth", of: [model.now, growth, Term.constant(Double(year))], value.rounded()))
        }
        // Beyond the last year that is listed the users stay as many.
        let listed = year == 0 ? model.now : model.byYear[min(year, model.byYear.count) - 1]
        return Figure(name, "users", listed)
    }
}
