import Plan
import Planning
import Testing

@Suite("Every number of a plan has an effect")
struct KeyEffectTests {
    /// Plans that together have every key.
    static let plans: [[String]] = [
        [],
        [
            "policies.transport={ kind: poll, period: 30s }", "policies.chat_servers.admission_per_second=100_000",
            "policies.load_balancers={ path: proxy }", "policies.acknowledge=after_store",
            "policies.chat_servers.placement=least_of_two",
            "policies.storage.redundancy={ data_fragments: 6, parity_fragments: 3 }",
            "demand.users={ now: 400_000_000, by_year: [600_000_000] }",
        ],
        ["policies.acknowledge=after_log", "policies.media={ store: inline }"],
    ]

    /// All numbers that a plan leads to, apart from latencies.
    private func results(_ plan: Plan) -> [Double] {
        var found: [Double] = []
        collect(Sizing(plan).years, &found)
        return found
    }

    /// All latencies, and what is found about the plan.
    private func latencies(_ plan: Plan) -> [String] {
        let sizing = Sizing(plan)
        let latency = LatencySizing(plan, year: sizing.last)
        var found: [Double] = []
        collect(latency, &found)
        return found.map(\.description) + Finding.all(sizing, latency: latency).map { "\($0.identifier): \($0.text)" }
    }

    private func collect(_ value: Any, _ found: inout [Double]) {
        if let figure = value as? Figure {
            found.append(figure.value)
        } else {
            for child in Mirror(reflecting: value).children { collect(child.value, &found) }
        }
    }

    /// The numbers of a plan that move nothing.
    private func inert(_ changes: [String]) throws -> [String] {
        let plan = try Plans.load(Plans.classic, ["objectives.years=1"] + changes)
        let (sizes, times) = (results(plan), latencies(plan))
        return plan.keys.compactMap { key in
            // What is simulated beside the formulas has no part in them.
            guard let number = key.number, !key.key.hasPrefix("simulation.") else { return nil }
            let others = [3, 1.0 / 3, 1.0 / 30].map { number.value * $0 } + [number.value + 1]
            let plans = others.compactMap { try? plan.with($0, for: key) }
            // Latencies take their time, and few keys have an effect on nothing else.
            let hasEffect = plans.contains { results($0) != sizes } || plans.contains { latencies($0) != times }
            return hasEffect ? nil : key.key
        }
    }

    @Test(
        "each of what is asked for and decided moves a result or a finding, and each of a catalogue does in one of the plans"
    )
    func effects() throws {
        let inert = try Self.plans.map { Set(try self.inert($0)) }
        // What things cost is a catalogue: a plan may leave things in it that it does not use.
        let catalogues = ["hardware.", "prices.", "costs."]
        for (index, keys) in inert.enumerated() {
            for key in keys.sorted() {
                let isCatalogue = catalogues.contains { key.hasPrefix($0) }
                #expect(isCatalogue && inert.contains { !$0.contains(key) }, "\(key) has no effect in plan \(index)")
            }
        }
    }
}
