import Reporting

/// Results to print.
enum Samples {
    static let summary = RunSummary(
        scenario: "scenarios/race.yaml", name: "a race", seed: 7, version: "0.0.0", digest: "0123456789abcdef",
        simulatedSeconds: 10, wallSeconds: 0.002, buildSeconds: 0, events: 1234, peakMemoryBytes: 27 << 20,
        connections: 2,
        messages: .init(sent: 2, acked: 2, delivered: 1, failed: 0, duplicatesSuppressed: 1),
        invariants: [
            .init(
                name: "no_loss", verdict: "violated", expected: "held", checked: 2, violations: 1,
                firstViolation: "M1 is gone", passed: false),
            .init(
                name: "conservation", verdict: "not_exercised", expected: "held", checked: 0, violations: 0,
                firstViolation: nil, passed: true),
        ],
        expectations: [
            .init(
                what: "view of bob.phone", path: ["expect", "views", "bob.phone"], expected: "[M1]", actual: "[]",
                passed: false)
        ],
        sometimes: [.init(what: "cache.lock_waits at least 1", actual: "0", reached: false)],
        views: [.init(device: "alice.phone", messages: ["M1", "M2"]), .init(device: "bob.phone", messages: [])],
        latencyMilliseconds: .init(p50: 60, p90: 61, p99: 62, p999: nil, max: 62.25),
        hosts: [.init(tier: "chat_server", count: 2, utilisation: 0.0123, meanWaitMilliseconds: 0)],
        metrics: [
            .init(name: "storage.flushes", value: 3, unit: "flushes", meaning: "How often a memstore was flushed.")
        ],
        interrupted: false,
        replay: "confab run scenarios/race.yaml --seed 7", passed: false)

    static let exploration = ExplorationReport(
        scenario: "race.yaml", version: "0.0.0", seeds: 3000, known: 1000, failed: 1201,
        mustHold: ["no_loss", "sender_fifo"],
        groups: [
            .init(
                invariant: "no_loss", cause: "# is gone", count: 1200, seeds: [4, 9], example: "M1 is gone",
                replay: "confab run race.yaml --seed 4", shrink: "confab shrink race.yaml --seed 4"),
            .init(
                invariant: "no_loss", cause: "# is late", count: 1, seeds: [17], example: "M1 is late",
                replay: "confab run race.yaml --seed 17", shrink: "confab shrink race.yaml --seed 17"),
        ],
        goals: [
            .init(what: "no_duplicates held", path: ["expect", "no_duplicates"], seeds: 2999, first: 1),
            .init(what: "messages failed at least 1", path: ["expect", "sometimes", "0"], seeds: 0, first: nil),
        ], situations: 12, events: 90_000, wallSeconds: 4, ended: .interrupted, passed: false)
}
