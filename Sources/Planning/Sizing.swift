public import Plan

/// The system that a plan asks for, tier by tier and year by year, each figure with how it is computed.
public struct Sizing: Hashable, Sendable {
    /// The plan.
    public let plan: Plan
    /// Now, and the end of each year.
    public let years: [YearSizing]
    /// What all years cost together, each at the rate of its end.
    public let totalCost: Figure

    /// The end of the last year.
    public var last: YearSizing { years[years.count - 1] }

    /// Sizes all tiers for all years.
    ///
    /// - Complexity: O(years); some milliseconds.
    public init(_ plan: Plan) {
        self.plan = plan
        var years: [YearSizing] = []
        for year in 0...Int(plan.objectives.years.value) {
            years.append(YearSizing(plan, year: year, previous: years.last))
        }
        self.years = years
        totalCost = Figure(
            "cost of all years", plan.prices.currency, Term.sum(years.dropFirst().map(\.cost.perYear)))
    }
}

/// The system at the end of a year.
public struct YearSizing: Hashable, Sendable {
    /// Which year; zero is now.
    public let year: Int
    /// What is asked of it.
    public let demand: DemandSizing
    /// How users learn who is online.
    public let presence: PresenceSizing
    /// What chat servers do.
    public let chatLoad: ChatServerLoad
    /// The chat servers.
    public let chatServers: TierSizing
    /// The load balancers.
    public let loadBalancers: TierSizing
    /// The cache servers; nothing if there is no cache.
    public let cacheServers: TierSizing?
    /// The storage.
    public let storage: StorageSizing
    /// Photos and videos.
    public let media: MediaSizing
    /// What goes over the network.
    public let traffic: TrafficSizing
    /// What happens when a zone is lost.
    public let reconnect: ReconnectSizing
    /// How safe messages are, and for which share of the time the system can be used.
    public let reliability: ReliabilitySizing
    /// What it costs.
    public let cost: CostSizing

    /// All tiers, in the order in which a message passes them.
    public var tiers: [TierSizing] {
        [loadBalancers, chatServers, cacheServers, storage.servers].compactMap(\.self)
    }

    /// The tier that is used up first when the load grows.
    public var firstSaturated: TierSizing {
        tiers.dropFirst().reduce(tiers[0]) { $1.saturation.value < $0.saturation.value ? $1 : $0 }
    }

    /// What the cost of a year is computed from.
    struct Parts {
        let demand: DemandSizing
        let chatServers, loadBalancers: TierSizing
        let cacheServers: TierSizing?
        let storage: StorageSizing
        let media: MediaSizing
        let traffic: TrafficSizing
    }
}

extension YearSizing {
    init(_ plan: Plan, year: Int, previous: YearSizing?) {
        self.year = year
        demand = DemandSizing(plan, year: year)
        presence = PresenceSizing(plan, demand: demand)
        chatLoad = ChatServerLoad(plan, demand: demand, presence: presence)
        chatServers = .chatServers(plan, demand: demand, load: chatLoad)
        let lost = ReconnectSizing.lost(plan, demand: demand)
        loadBalancers = .loadBalancers(
            plan, demand: demand, load: chatLoad, reconnects: ReconnectSizing.requiredRate(plan, lost: lost))
        var meanSends: Figure?
        if let previous {
            meanSends = Figure(
                "messages sent, mean of the year", "messages/s",
                (previous.demand.meanSends + demand.meanSends) / Term.constant(2))
        }
        storage = StorageSizing(plan, demand: demand, meanSends: meanSends, previous: previous?.storage)
        cacheServers = .cacheServers(plan, demand: demand, storage: storage.load)
        media = MediaSizing(plan, demand: demand, year: year)
        traffic = TrafficSizing(plan, demand: demand, presence: presence, storage: storage.load, media: media)
        reconnect = ReconnectSizing(
            plan, demand: demand, load: chatLoad, chatServers: chatServers, loadBalancers: loadBalancers)
        reliability = ReliabilitySizing(
            plan, demand: demand, storage: storage, chatServers: chatServers, reconnect: reconnect)
        cost = CostSizing(
            plan,
            year: Parts(
                demand: demand, chatServers: chatServers, loadBalancers: loadBalancers, cacheServers: cacheServers,
                storage: storage, media: media, traffic: traffic))
    }
}
