internal import Experiment
public import Reporting
internal import Scenario
internal import World

/// What a ``Calibration`` came to.
public struct CalibrationResult: Sendable {
    /// What handling one kind takes on one tier.
    public let rows: [CalibrationReport.Row]
    /// What a message between two users takes on each tier.
    public let perMessage: [CalibrationReport.PerMessage]
    /// Names of what was handled too seldom to measure, or never.
    public let notMeasured: [String]
    /// How many rounds were measured.
    public let roundCount: Int
    /// What reading the clock takes, in nanoseconds. It is subtracted from all times.
    public let clockNanoseconds: Double
    /// The share of times that were left out because the machine was interrupted.
    public let interruptedShare: Double
    /// How long it took, with the round that warms up, in nanoseconds.
    public let tookNanoseconds: UInt64

    /// - Parameters:
    ///   - groups: What was handled in each world; that of the first is of users who only write to each other.
    ///   - scenarios: The scenarios of the worlds.
    init(
        of groups: [[HandledGroup: HandledTimes]], in scenarios: [Scenario], roundCount: Int, clockNanoseconds: Double,
        tookNanoseconds: UInt64
    ) {
        let published = PublishedCosts(scenarios)
        var all: [HandledGroup: HandledTimes] = [:]
        for world in groups {
            for (group, times) in world { all[group, default: HandledTimes(runCount: roundCount)].merge(times) }
        }
        func row(_ tier: TierName, _ kind: HandledKind, _ times: HandledTimes) -> CalibrationReport.Row {
            CalibrationReport.Row(
                tier: tier.rawValue, kind: kind.name, handled: times.medians.count,
                meanNanoseconds: times.meanNanoseconds(clock: clockNanoseconds),
                medianNanoseconds: times.quantileNanoseconds(0.5, clock: clockNanoseconds),
                p99Nanoseconds: times.quantileNanoseconds(0.99, clock: clockNanoseconds),
                spread: times.spread(clock: clockNanoseconds),
                publishedNanoseconds: published.nanoseconds(of: kind.name, on: tier))
        }
        func rows(_ groups: [HandledGroup: HandledTimes]) -> [CalibrationReport.Row] {
            ServerTier.allCases.flatMap { tier in
                HandledKind.all.compactMap { kind in
                    groups[HandledGroup(tier: tier, kindNumber: kind.number)].map { row(TierName(tier), kind, $0) }
                }
            }
        }
        let everything = rows(all)
        self.rows = everything.filter { $0.handled >= Calibration.countMin }
        let measured = Set(self.rows.map { "\($0.tier).\($0.kind)" })
        notMeasured = CostModel.allNames.map { "\($0.tier.rawValue).\($0.kind)" }.filter { !measured.contains($0) }
        let chat = groups.first.map(rows) ?? []
        let messageCount = chat.first { $0.kind == "submit" }?.handled ?? 0
        perMessage = TierName.allCases.compactMap { tier in
            let own = chat.filter { $0.tier == tier.rawValue }
            guard !own.isEmpty, messageCount > 0 else { return nil }
            func perMessage(_ sum: (CalibrationReport.Row) -> Double) -> Double {
                own.reduce(0) { $0 + sum($1) } / Double(messageCount)
            }
            return CalibrationReport.PerMessage(
                tier: tier.rawValue, handled: perMessage { Double($0.handled) },
                nanoseconds: perMessage { Double($0.handled) * $0.meanNanoseconds },
                publishedNanoseconds: perMessage { Double($0.handled) * Double($0.publishedNanoseconds) })
        }
        self.roundCount = roundCount
        self.clockNanoseconds = clockNanoseconds
        let timeCount = all.values.reduce(0) { $0 + $1.medians.count } * roundCount
        interruptedShare =
            timeCount == 0 ? 0 : Double(all.values.reduce(0) { $0 + $1.interruptionCount }) / Double(timeCount)
        self.tookNanoseconds = tookNanoseconds
    }

    /// The text of a cost profile with what was measured.
    ///
    /// - Parameter source: Where it comes from, in words.
    public func profile(source: String) -> String {
        CostProfile.text(
            source: source, remarks: CalibrationReport.coverage,
            entries: rows.compactMap { row in
                guard let tier = TierName(rawValue: row.tier) else { return nil }
                return CostProfile.Entry(
                    tier: tier, kind: row.kind, nanoseconds: UInt64(row.meanNanoseconds.rounded()),
                    comment: row.remark)
            })
    }
}

extension HandledTimes {
    /// The mean over the events, in nanoseconds without the reading of the clock.
    func meanNanoseconds(clock: Double) -> Double {
        let sum = medians.reduce(UInt64(0)) { $0 + UInt64($1) }
        return max(0, Double(sum) / Double(medians.count) - clock)
    }

    /// A quantile over the events, in nanoseconds without the reading of the clock.
    func quantileNanoseconds(_ quantile: Double, clock: Double) -> Double {
        let rank = Int((Double(medians.count) * quantile).rounded(.up))
        return max(0, Double(medians.sorted()[max(0, rank - 1)]) - clock)
    }

    /// By how much the mean of a run is off at most: half of what is between the least and the greatest, over the mean.
    func spread(clock: Double) -> Double {
        let means = sums.map { Double($0) / Double(medians.count) - clock }
        let mean = meanNanoseconds(clock: clock)
        guard mean > 0, let least = means.min(), let greatest = means.max() else { return 0 }
        return (greatest - least) / 2 / mean
    }
}

/// What handling costs in scenarios that do not say it.
private struct PublishedCosts {
    private var tiers: [TierName: SystemModel.Tier] = [:]

    init(_ scenarios: [Scenario]) {
        for system in scenarios.map(\.system) {
            tiers[.loadBalancer] = system.loadBalancers
            tiers[.chatServer] = system.chatServers
            // The coordinator and data nodes have the machines of storage servers.
            for tier in [TierName.storage, .coordinator, .dataNode] { tiers[tier] = system.storage }
            if let cache = system.cache { tiers[.cache] = cache.tier }
            if let media = system.media { tiers[.objectStore] = media.tier }
        }
    }

    func nanoseconds(of kind: String, on name: TierName) -> UInt64 {
        guard let tier = tiers[name], !["timer", "log_synced", "file_written"].contains(kind) else { return 0 }
        return name == .chatServer && ["open", "balancing_open_another"].contains(kind)
            ? tier.connectionNanoseconds : tier.messageNanoseconds
    }
}
