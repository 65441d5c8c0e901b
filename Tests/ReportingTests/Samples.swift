import Reporting

/// A summary to print.
enum Samples {
    static let summary = RunSummary(
        scenario: "scenarios/race.yaml", name: "a race", seed: 7, version: "0.0.0", digest: "0123456789abcdef",
        simulatedSeconds: 10, wallSeconds: 0.002, events: 1234, peakMemoryBytes: 27 << 20, connections: 2,
        messages: .init(sent: 2, acked: 2, delivered: 1, failed: 0, duplicatesSuppressed: 1),
        invariants: [
            .init(
                name: "no_loss", verdict: "violated", expected: "held", checked: 2, violations: 1,
                firstViolation: "M1 is gone", passed: false),
            .init(
                name: "conservation", verdict: "not_exercised", expected: "held", checked: 0, violations: 0,
                firstViolation: nil, passed: true),
        ],
        expectations: [.init(what: "view of bob.phone", expected: "[M1]", actual: "[]", passed: false)],
        views: [.init(device: "alice.phone", messages: ["M1", "M2"]), .init(device: "bob.phone", messages: [])],
        latencyMilliseconds: .init(p50: 60, p90: 61, p99: 62, p999: nil, max: 62.25),
        hosts: [.init(tier: "chat_server", count: 2, utilisation: 0.0123, meanWaitMilliseconds: 0)],
        metrics: [
            .init(name: "storage.flushes", value: 3, unit: "flushes", meaning: "How often a memstore was flushed.")
        ],
        interrupted: false,
        replay: "confab run scenarios/race.yaml --seed 7", passed: false)
}
