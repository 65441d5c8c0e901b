internal import Language
public import Plan

/// A plan with some changes, sized, so that it can be put beside others.
public struct Variant: Hashable, Sendable {
    /// What it is called: the value of a sweep, or what is chosen.
    public let name: String
    /// The system that the plan asks for with the changes.
    public let sizing: Sizing
    /// How long messages take in it at the end of the last year.
    public let latency: LatencySizing

    /// A plan as it is.
    public init(_ name: String, _ plan: Plan) {
        self.name = name
        sizing = Sizing(plan)
        latency = LatencySizing(plan, year: sizing.last)
    }

    /// A plan with changes.
    ///
    /// - Parameter changes: Each as `path=value`, as after `--set`.
    /// - Throws: ``DocumentErrors`` if the plan is not valid with them.
    init(_ name: String, _ plan: Plan, _ changes: [String]) throws(DocumentErrors) {
        try self.init(name, plan.with(changes.compactMap { Override($0) }))
    }

    /// What variants are compared by, at the end of the last year; of every variant the same figures in the same order. What a variant does not
    /// have, such as cache servers, is nothing.
    public var results: [Result] {
        let year = sizing.last
        let reliability = year.reliability
        return [
            Result("chat servers", year.chatServers.servers),
            Result("load balancers", year.loadBalancers.servers),
            Result("cache servers", year.cacheServers?.servers),
            Result("storage servers", year.storage.servers.servers),
            Result("bytes stored with all copies", year.storage.rawBytes),
            Result("bytes to clients, peak", year.traffic.peakEgress),
            Result("requests of clients, peak", year.demand.peakRequests),
            Result("presence", year.presence.chosen.messages),
            Result("pages read from the storage, peak", year.storage.load.reads),
            Result("delivery, median", latency.delivery?.percentile(50)),
            Result("delivery, 99 %", latency.delivery?.percentile(99)),
            Result("acknowledgement, median", latency.acknowledgement?.percentile(50)),
            Result("time until all clients are back after the loss of a zone", year.reconnect.seconds),
            Result("time without the system in a year", reliability.downtimeSeconds),
            Result("probability of a loss in a year", reliability.chosen.lossProbability),
            Result("accepted messages at risk", reliability.messagesAtRisk),
            Result("cost of a year", year.cost.perYear),
            Result("cost of all years", sizing.totalCost),
        ]
    }

    /// One thing by which variants are compared.
    public struct Result: Hashable, Sendable {
        /// What it is.
        public let name: String
        /// How much; nothing if the variant does not have it.
        public let figure: Figure?

        fileprivate init(_ name: String, _ figure: Figure?) {
            self.name = name
            self.figure = figure
        }
    }
}
