internal import Chat
internal import Invariants
public import Reporting
internal import Scenario
internal import Simulation
internal import Statistics
internal import World

/// What a run came to, for people and programs.
extension Experiment {
    /// The result of the run so far.
    ///
    /// - Parameters:
    ///   - labels: What the run is called.
    ///   - wallSeconds: How much real time it took, with the building of the world.
    ///   - buildSeconds: How much of that it took to build the world; zero if that was not measured.
    ///   - peakMemoryBytes: The most memory that the process has held.
    public func summary(
        labels: Labels, wallSeconds: Double, buildSeconds: Double = 0, peakMemoryBytes: UInt64
    ) -> RunSummary {
        let digest = world.digest.hexadecimal
        let judged = verdicts()
        let counts = counts
        let metrics = world.metrics
        let expectations = otherExpectations(digest: digest, counts: counts, metrics: metrics)
        let isInterrupted = reachedNanoseconds < scenario.durationNanoseconds
        var summary = RunSummary(
            scenario: labels.scenarioPath, name: scenario.name, seed: scenario.seed, version: labels.version,
            digest: digest, simulatedSeconds: Double(reachedNanoseconds) / 1e9, wallSeconds: wallSeconds,
            buildSeconds: buildSeconds,
            events: world.eventCount, peakMemoryBytes: peakMemoryBytes, connections: world.connectionCount,
            messages: RunSummary.Messages(
                sent: counts.sent, acked: counts.acked, delivered: counts.delivered, failed: counts.failed,
                duplicatesSuppressed: counts.duplicatesSuppressed), invariants: judged, expectations: expectations,
            sometimes: scenario.expectations.sometimes.map { listed in
                let outcome = SituationOutcome(of: listed.situation, judged, metrics, counts)
                return RunSummary.Goal(
                    what: listed.situation.text, actual: outcome.actual, reached: outcome.isReached)
            },
            views: views(), latencyMilliseconds: latency(), hosts: hosts(),
            metrics: metrics.entries.map(summary(of:)), interrupted: isInterrupted,
            replay: labels.replay,
            passed: !isInterrupted && judged.allSatisfy(\.passed) && expectations.allSatisfy(\.passed))
        if world.connectionCount >= Self.manyConnections {
            let bytes = world.connectionBytes
            summary.connectionBytes = RunSummary.ConnectionBytes(tables: bytes.tables, devices: bytes.devices)
        }
        return summary
    }

    /// From this many connections on it matters what they take of the memory.
    private static let manyConnections = 100_000

    private func summary(of figure: Metrics.Entry) -> RunSummary.Metric {
        let seconds = Double(reachedNanoseconds) / 1e9
        let isSum = figure.definition.combination == .sum && reachedNanoseconds > 0
        return RunSummary.Metric(
            name: figure.definition.name, value: figure.value,
            perSecond: isSum ? Double(figure.value) / seconds : nil, unit: figure.definition.unit,
            meaning: figure.definition.meaning)
    }

    private func otherExpectations(
        digest: String, counts: MessageCounts, metrics: Metrics
    ) -> [RunSummary.Expectation] {
        var expectations: [RunSummary.Expectation] = []
        for view in scenario.expectations.views {
            let device = DeviceID(user: UserID(UInt32(view.user)), index: UInt8(view.device))
            let actual = record.view(of: device).map { names.name(of: $0.message) }
            expectations.append(
                RunSummary.Expectation(
                    what: "view of \(names.name(of: device))",
                    path: ["expect", "views", names.name(of: device)], expected: list(view.messages),
                    actual: list(actual),
                    passed: view.messages == actual))
        }
        for (name, count) in scenario.expectations.counts {
            let actual = counts[name]
            expectations.append(
                RunSummary.Expectation(
                    what: "messages \(name)", path: ["expect", "messages", name], expected: "\(count)",
                    actual: "\(actual)", passed: Int(count) == actual))
        }
        for expected in scenario.expectations.metrics {
            let actual = metrics[expected.name] ?? 0
            expectations.append(
                RunSummary.Expectation(
                    what: expected.name, path: ["expect", "metrics", expected.name], expected: expected.text,
                    actual: "\(actual)",
                    passed: (expected.atLeast...expected.atMost).contains(actual)))
        }
        if let pinned = scenario.expectations.digest {
            expectations.append(
                RunSummary.Expectation(
                    what: "digest", path: ["expect", "digest"], expected: pinned, actual: digest,
                    passed: pinned == digest))
        }
        return expectations
    }

    private func list(_ names: [String]) -> String { "[\(names.joined(separator: ", "))]" }

    private func views() -> [RunSummary.View] {
        scenario.users.indices.flatMap { user in
            scenario.users[user].devices.indices.map { index in
                let device = DeviceID(user: UserID(UInt32(user)), index: UInt8(index))
                return RunSummary.View(
                    device: names.name(of: device),
                    messages: record.view(of: device).map { names.name(of: $0.message) })
            }
        }
    }

    private func latency() -> RunSummary.Latency {
        var histogram = streamedLatency
        for nanoseconds in record.deliveryNanoseconds {
            histogram.record(nanoseconds)
        }
        func milliseconds(_ percentile: Double) -> Double? {
            histogram.percentile(percentile).map { Double($0) / 1e6 }
        }
        return RunSummary.Latency(
            p50: milliseconds(50), p90: milliseconds(90), p99: milliseconds(99), p999: milliseconds(99.9),
            max: milliseconds(100))
    }

    private func hosts() -> [RunSummary.Host] {
        guard reachedNanoseconds > 0 else { return [] }
        return tierReadings().map { tier in
            RunSummary.Host(
                tier: tier.name, count: tier.serverCount,
                utilisation: Double(tier.busyNanoseconds) / (Double(tier.coreCount) * Double(reachedNanoseconds)),
                meanWaitMilliseconds: tier.handledCount > 0
                    ? Double(tier.waitedNanoseconds) / Double(tier.handledCount) / 1e6 : 0)
        }
    }

    /// What the machines of each tier that there is have done so far.
    func tierReadings() -> [TierReading] {
        let usage = world.hostUsage
        return ["load_balancer", "chat_server", "storage", "coordinator", "data_node", "cache", "object_store"]
            .compactMap { tier in
                let machines = usage.filter { ProcessNames.tier(of: world.processTable.role(of: $0.process)) == tier }
                guard !machines.isEmpty else { return nil }
                return TierReading(
                    name: tier, serverCount: machines.count, coreCount: machines.reduce(0) { $0 + $1.cores },
                    busyNanoseconds: machines.reduce(0) { $0 + $1.busyNanoseconds },
                    waitedNanoseconds: machines.reduce(0) { $0 + $1.waitedNanoseconds },
                    handledCount: machines.reduce(0) { $0 + $1.admittedCount })
            }
    }
}
