/// What a search over seeds has found, for people and programs.
public struct ExplorationReport: Encodable, Sendable {
    /// Failures that say the same, under whatever seed.
    public struct Group: Encodable, Sendable {
        /// The invariant that was violated.
        public var invariant: String
        /// What the failures have in common.
        public var cause: String
        /// How many seeds failed so.
        public var count: UInt64
        /// The first of them.
        public var seeds: [UInt64]
        /// The first failure, in words.
        public var example: String
        /// The command that replays it.
        public var replay: String
        /// The command that makes the scenario smaller.
        public var shrink: String

        /// Describes failures.
        public init(
            invariant: String, cause: String, count: UInt64, seeds: [UInt64], example: String, replay: String,
            shrink: String
        ) {
            self.invariant = invariant
            self.cause = cause
            self.count = count
            self.seeds = seeds
            self.example = example
            self.replay = replay
            self.shrink = shrink
        }

        /// What failed and under which seeds.
        public var sentence: String {
            "\(invariant): \(NumberText.grouped(count)) \(count == 1 ? "seed" : "seeds"), "
                + "the first \(seeds.map(String.init).joined(separator: ", "))"
        }
    }

    /// Something that must happen under some seed.
    public struct Goal: Encodable, Sendable {
        /// What it is: `no_loss held`, `cache.lock_waits at least 1`.
        public var what: String
        /// The keys that lead to where the scenario says so.
        public var path: [String]
        /// Under how many seeds it happened.
        public var seeds: UInt64
        /// The first of them; null if there is none.
        public var first: UInt64?

        /// Describes a goal.
        public init(what: String, path: [String], seeds: UInt64, first: UInt64?) {
            self.what = what
            self.path = path
            self.seeds = seeds
            self.first = first
        }

        /// What came of it.
        public var sentence: String {
            guard let first else { return "\(what): under no seed, so that the search shows nothing of it" }
            return "\(what): under \(NumberText.grouped(seeds)) \(seeds == 1 ? "seed" : "seeds"), the first \(first)"
        }

        enum CodingKeys: String, CodingKey { case what, path, seeds, first }

        /// Encodes every key, a missing seed as null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(what, forKey: .what)
            try container.encode(path, forKey: .path)
            try container.encode(seeds, forKey: .seeds)
            try container.encode(first, forKey: .first)
        }
    }

    /// The path of the scenario file.
    public var scenario: String
    /// The version of Confab.
    public var version: String
    /// How many seeds were run, those of an earlier search that is gone on with included.
    public var seeds: UInt64
    /// How many of them an earlier search had run.
    public var known: UInt64
    /// How many seeds failed.
    public var failed: UInt64
    /// The invariants that no seed may violate.
    public var mustHold: [String]
    /// Failures by what they say.
    public var groups: [Group]
    /// What must happen under some seed.
    public var goals: [Goal]
    /// How many kinds of situation the runs came into.
    public var situations: Int
    /// How many events happened under all seeds.
    public var events: UInt64
    /// How much real time passed.
    public var wallSeconds: Double
    /// Why the search ended: `all_seeds`, `plateau`, `time` or `interrupted`.
    public var ended: Ending
    /// Whether there is an outcome of some seed, no seed failed, and every goal occurred.
    public var passed: Bool

    /// Why a search ended.
    public enum Ending: String, Encodable, Sendable {
        /// Every seed was run.
        case allSeeds = "all_seeds"
        /// More seeds brought nothing new.
        case plateau
        /// The time was over.
        case time
        /// Somebody interrupted it.
        case interrupted
    }

    enum CodingKeys: String, CodingKey {
        case scenario, version, seeds, known, failed, groups, goals, situations, events, ended, passed
        case mustHold = "must_hold"
        case wallSeconds = "wall_seconds"
    }

    /// Puts a report together; see the properties.
    public init(
        scenario: String, version: String, seeds: UInt64, known: UInt64, failed: UInt64, mustHold: [String],
        groups: [Group], goals: [Goal], situations: Int, events: UInt64, wallSeconds: Double, ended: Ending,
        passed: Bool
    ) {
        self.scenario = scenario
        self.version = version
        self.seeds = seeds
        self.known = known
        self.failed = failed
        self.mustHold = mustHold
        self.groups = groups
        self.goals = goals
        self.situations = situations
        self.events = events
        self.wallSeconds = wallSeconds
        self.ended = ended
        self.passed = passed
    }

    /// The report as one JSON object.
    public func json() throws -> String { try JSONText.encode(self) }

    /// The report for people.
    public func text(style: TerminalStyle) -> String {
        var lines: [String] = []
        for group in groups {
            lines.append("\(style.bad("FAIL")) \(group.sentence); replay with: \(group.replay)")
            lines.append("     \(TerminalStyle.sanitised(group.example))")
            lines.append("     shrink with: \(group.shrink)")
        }
        for goal in goals {
            lines.append("\(goal.seeds > 0 ? style.good("ok  ") : style.bad("FAIL")) \(goal.sentence)")
        }
        let fresh = seeds - known
        let rate =
            wallSeconds > 0 && fresh > 0
            ? " (\(NumberText.grouped(UInt64(Double(fresh) / wallSeconds))) seeds/s)" : ""
        let earlier = known > 0 ? ", \(NumberText.grouped(known)) of them by an earlier search" : ""
        lines.append(
            "\(NumberText.grouped(seeds)) seeds\(earlier) in \(NumberText.span(seconds: wallSeconds))\(rate), "
                + "\(NumberText.grouped(UInt64(situations))) kinds of situation; " + ending)
        lines.append(
            passed
                ? style.good("passed") + ": no seed failed, and everything that the scenario states occurred"
                : style.bad("FAILED") + (seeds == 0 ? ": no seed was run to its end" : ""))
        return lines.joined(separator: "\n") + "\n"
    }

    private var ending: String {
        switch ended {
        case .allSeeds: "every seed was run"
        case .plateau: "more seeds brought nothing new"
        case .time: "the time was over"
        case .interrupted: "interrupted"
        }
    }
}
