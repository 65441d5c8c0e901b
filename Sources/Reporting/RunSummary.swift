internal import Foundation

/// The result of a run, as programs read it: the object that `--json` prints. Names and meaning of the keys are part of the
/// interface.
public struct RunSummary: Encodable, Sendable {
    /// The path of the scenario file.
    public var scenario: String
    /// The name that the scenario gives itself.
    public var name: String
    /// The seed.
    public var seed: UInt64
    /// The version of Confab.
    public var version: String
    /// The trace digest: 16 hexadecimal digits.
    public var digest: String
    /// How much virtual time has passed.
    public var simulatedSeconds: Double
    /// How much real time has passed.
    public var wallSeconds: Double
    /// How much of that it took to build the world; zero if that was not measured.
    public var buildSeconds: Double
    /// How much real time the run took, once the world was built.
    public var runSeconds: Double { wallSeconds - buildSeconds }
    /// How many events have happened.
    public var events: UInt64
    /// Events per second of the real time of the run, without the building of the world.
    public var eventsPerSecond: Double
    /// The most memory that the process has held, in bytes.
    public var peakMemoryBytes: UInt64
    /// How many connections the chat servers hold in the end.
    public var connections: Int
    /// What became of the messages.
    public var messages: Messages
    /// What the run says about each invariant.
    public var invariants: [Invariant]
    /// What else was expected, and what came.
    public var expectations: [Expectation]
    /// What must happen under some seed of a search, and whether it did in this run.
    public var sometimes: [Goal]
    /// What each listed device shows in the end.
    public var views: [View]
    /// How long messages took to the first device of their recipient.
    public var latencyMilliseconds: Latency
    /// How busy the servers were.
    public var hosts: [Host]
    /// What the components counted.
    public var metrics: [Metric]
    /// Whether the run was stopped before its end.
    public var interrupted: Bool
    /// The violation at which the run was stopped on purpose; nothing if it was not.
    public var stopped: Stop?
    /// What connections take of the memory, if there are so many that it matters.
    public var connectionBytes: ConnectionBytes?
    /// The command that repeats the run.
    public var replay: String
    /// Whether everything was as expected.
    public var passed: Bool

    /// What all connections together take of the memory, in bytes.
    public struct ConnectionBytes: Encodable, Sendable {
        /// In the tables of chat servers.
        public var tables: Int
        /// On devices.
        public var devices: Int

        /// Puts the two together.
        public init(tables: Int, devices: Int) {
            self.tables = tables
            self.devices = devices
        }
    }

    /// What became of the messages.
    public struct Messages: Encodable, Sendable {
        /// Sent by users.
        public var sent: Int
        /// Acknowledged to their senders.
        public var acked: Int
        /// Shown by a device of the recipient.
        public var delivered: Int
        /// Reported to their senders as failed.
        public var failed: Int
        /// Recognised by a server as ones that it had.
        public var duplicatesSuppressed: Int

        enum CodingKeys: String, CodingKey {
            case sent, acked, delivered, failed
            case duplicatesSuppressed = "duplicates_suppressed"
        }

        /// Puts the counts together.
        public init(sent: Int, acked: Int, delivered: Int, failed: Int, duplicatesSuppressed: Int) {
            self.sent = sent
            self.acked = acked
            self.delivered = delivered
            self.failed = failed
            self.duplicatesSuppressed = duplicatesSuppressed
        }
    }

    /// What the run says about an invariant.
    public struct Invariant: Encodable, Sendable {
        /// The invariant.
        public var name: String
        /// `held`, `violated` or `not_exercised`.
        public var verdict: String
        /// What was expected: one of these or `any`.
        public var expected: String
        /// In how many places it could have been violated.
        public var checked: Int
        /// In how many it was.
        public var violations: Int
        /// The first violation in words.
        public var firstViolation: String?
        /// Whether the verdict is as expected.
        public var passed: Bool

        enum CodingKeys: String, CodingKey {
            case name, verdict, expected, checked, violations, passed
            case firstViolation = "first_violation"
        }

        /// Puts a verdict together.
        public init(
            name: String, verdict: String, expected: String, checked: Int, violations: Int, firstViolation: String?,
            passed: Bool
        ) {
            self.name = name
            self.verdict = verdict
            self.expected = expected
            self.checked = checked
            self.violations = violations
            self.firstViolation = firstViolation
            self.passed = passed
        }

        /// Encodes every key, a missing violation as null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(verdict, forKey: .verdict)
            try container.encode(expected, forKey: .expected)
            try container.encode(checked, forKey: .checked)
            try container.encode(violations, forKey: .violations)
            try container.encode(firstViolation, forKey: .firstViolation)
            try container.encode(passed, forKey: .passed)
        }
    }

    /// Something that was expected beside verdicts.
    public struct Expectation: Encodable, Sendable {
        /// What it is about.
        public var what: String
        /// The keys that lead to where the scenario says so.
        public var path: [String]
        /// What was expected.
        public var expected: String
        /// What came.
        public var actual: String
        /// Whether they are the same.
        public var passed: Bool

        /// Puts an expectation together.
        public init(what: String, path: [String], expected: String, actual: String, passed: Bool) {
            self.what = what
            self.path = path
            self.expected = expected
            self.actual = actual
            self.passed = passed
        }
    }

    /// What a device shows.
    public struct View: Encodable, Sendable {
        /// The device.
        public var device: String
        /// The messages, in order.
        public var messages: [String]

        /// Puts a view together.
        public init(device: String, messages: [String]) {
            self.device = device
            self.messages = messages
        }
    }

    /// Percentiles in milliseconds; null where nothing was delivered.
    public struct Latency: Encodable, Sendable {
        /// Half took no longer.
        public var p50: Double?
        /// 90 % took no longer.
        public var p90: Double?
        /// 99 % took no longer.
        public var p99: Double?
        /// 99.9 % took no longer.
        public var p999: Double?
        /// None took longer.
        public var max: Double?

        /// Puts percentiles together.
        public init(p50: Double?, p90: Double?, p99: Double?, p999: Double?, max: Double?) {
            self.p50 = p50
            self.p90 = p90
            self.p99 = p99
            self.p999 = p999
            self.max = max
        }

        enum CodingKeys: String, CodingKey { case p50, p90, p99, p999, max }

        /// Encodes every key, a missing percentile as null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(p50, forKey: .p50)
            try container.encode(p90, forKey: .p90)
            try container.encode(p99, forKey: .p99)
            try container.encode(p999, forKey: .p999)
            try container.encode(max, forKey: .max)
        }
    }

    /// How busy the machines of a tier were.
    public struct Host: Encodable, Sendable {
        /// The tier.
        public var tier: String
        /// How many machines.
        public var count: Int
        /// The busy share of all their cores over the run, 0 to 1.
        public var utilisation: Double
        /// How long a handler waited for a core on average, in milliseconds.
        public var meanWaitMilliseconds: Double

        enum CodingKeys: String, CodingKey {
            case tier, count, utilisation
            case meanWaitMilliseconds = "mean_wait_ms"
        }

        /// Puts a tier together.
        public init(tier: String, count: Int, utilisation: Double, meanWaitMilliseconds: Double) {
            self.tier = tier
            self.count = count
            self.utilisation = utilisation
            self.meanWaitMilliseconds = meanWaitMilliseconds
        }
    }

    enum CodingKeys: String, CodingKey {
        case scenario, name, seed, version, digest, events, connections, messages, invariants, expectations, views
        case sometimes, hosts, metrics
        case interrupted, stopped, replay, passed
        case simulatedSeconds = "simulated_seconds"
        case wallSeconds = "wall_seconds"
        case buildSeconds = "build_seconds"
        case eventsPerSecond = "events_per_second"
        case peakMemoryBytes = "peak_memory_bytes"
        case latencyMilliseconds = "latency_ms"
        case connectionBytes = "connection_bytes"
    }

    /// Puts a summary together; see the properties.
    public init(
        scenario: String, name: String, seed: UInt64, version: String, digest: String, simulatedSeconds: Double,
        wallSeconds: Double, buildSeconds: Double, events: UInt64, peakMemoryBytes: UInt64, connections: Int,
        messages: Messages,
        invariants: [Invariant], expectations: [Expectation], sometimes: [Goal], views: [View],
        latencyMilliseconds: Latency, hosts: [Host], metrics: [Metric],
        interrupted: Bool, replay: String, passed: Bool
    ) {
        self.scenario = scenario
        self.name = name
        self.seed = seed
        self.version = version
        self.digest = digest
        self.simulatedSeconds = simulatedSeconds
        self.wallSeconds = wallSeconds
        self.buildSeconds = buildSeconds
        self.events = events
        self.peakMemoryBytes = peakMemoryBytes
        self.connections = connections
        self.messages = messages
        self.invariants = invariants
        self.expectations = expectations
        self.sometimes = sometimes
        self.views = views
        self.latencyMilliseconds = latencyMilliseconds
        self.hosts = hosts
        self.metrics = metrics
        self.interrupted = interrupted
        self.replay = replay
        self.passed = passed
        eventsPerSecond = 0
        if runSeconds > 0 { eventsPerSecond = Double(events) / runSeconds }
    }

    /// The summary as one JSON object on several lines, its keys sorted, with a newline at the end.
    public func json() throws -> String {
        try JSONText.encode(self)
    }
}

/// Encodes as JSON in one form everywhere.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
