internal import Plan
internal import Scenario
internal import Statistics
internal import Trials

/// How many of the users of a world are connected whose clients come and go, against the formula for a system that holds everybody who comes
/// (M/G/infinity): by Little's law the mean depends on the mean session only, whatever its law.
struct OccupancyComparison {
    let comparison: FormulaComparison

    /// How many users the world has: so many that a hundredth of them more or less would be seen.
    static let userCount = 4_000

    init(of plan: Plan, seeds: [UInt64], jobs: Int) throws {
        let share = min(0.9, plan.demand.concurrentShare.value)
        let online = plan.demand.sessions.meanSeconds.value
        let offline = online * (1 - share) / share
        let shape = plan.demand.sessions.shape.value
        // Weibull laws are written with their scale: the mean over gamma(1 + 1 / shape).
        let scale = online / WeibullLaw.meanOverScale(shape: shape)
        let text = """
            confab: 1
            name: clients that come and go
            duration: 12s
            settle: 2s
            system:
              chat_servers: { count: 1, cores: 1024, connections_each: 1_000_000 }
              heartbeat: { period: 60s, timeout: 180s }
            populations:
              everyone:
                users: \(Self.userCount)
                sends: 1/day
                sessions:
                  online: { weibull: { scale: \(PlanWorld.time(scale)), shape: \(WeibullLaw.text(shape)) } }
                  offline: { exponential: { mean: \(PlanWorld.time(offline)) } }

            """
        let trial = ScenarioTrial(
            try Scenario.load(text: text, file: "the sessions of \(plan.file)"), warmUpNanoseconds: 5_000_000_000)
        let runs = try trial.measurements(seeds: seeds, jobs: jobs)
        comparison = FormulaComparison(
            name: "clients connected, of \(Self.userCount) users",
            formula: "users x mean session / (mean session + mean time between sessions)", unit: "connections",
            predicted: Double(Self.userCount) * share,
            simulated: .mean(
                ConfidenceInterval(
                    of: runs.map { Double($0.connectionCount) }, level: plan.simulation.confidence.value)))
    }
}
