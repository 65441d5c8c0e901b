internal import Plan

/// What the system costs at the end of a year, in the currency of the plan.
public struct CostSizing: Hashable, Sendable {
    /// One thing that is paid for.
    public struct Item: Hashable, Sendable {
        /// What it is: `chat servers`, `traffic to clients`.
        public let name: String
        /// What it costs in a month.
        public let perMonth: Figure
    }

    /// All that is paid for.
    public let items: [Item]
    /// All of it, in a month.
    public let perMonth: Figure
    /// All of it, in a year at that rate.
    public let perYear: Figure
    /// What a user costs in a month.
    public let perUserAndMonth: Figure
}

extension CostSizing {
    init(_ plan: Plan, year: YearSizing.Parts) {
        let hardware = plan.hardware
        let unit = "\(plan.prices.currency)/month"
        let giga = Term.constant(1e9)
        var items: [Item] = []
        func add(_ name: String, _ term: Term) {
            items.append(Item(name: name, perMonth: Figure("cost of \(name)", unit, term)))
        }
        add("chat servers", year.chatServers.servers * hardware.chatServer.pricePerMonth)
        add("load balancers", year.loadBalancers.servers * hardware.loadBalancer.pricePerMonth)
        if let cache = year.cacheServers { add("cache servers", cache.servers * hardware.cacheServer.pricePerMonth) }
        add("storage servers", year.storage.servers.servers * hardware.storageServer.pricePerMonth)
        add("traffic to clients", year.traffic.egressPerMonth / giga * plan.prices.perEgressGigabyte)
        add(
            "object store",
            year.media.keptBytes / giga * plan.prices.perObjectGigabyteMonth
                + year.media.requestsPerMonth / Term.constant(1e6) * plan.prices.perObjectMillionRequests)
        self.items = items
        perMonth = Figure("cost of a month", unit, Term.sum(items.map(\.perMonth)))
        perYear = Figure("cost of a year", "\(plan.prices.currency)/year", perMonth * Term.constant(12))
        perUserAndMonth = Figure("cost of a user", "\(plan.prices.currency)/user/month", perMonth / year.demand.users)
    }
}
