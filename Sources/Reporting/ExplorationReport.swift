/// What a search over seeds has found, for people and programs.
public struct ExplorationReport: Encodable, Sendable {
    /// Failures that say the same, under whatever seed.
    public struct Group: Encodable, Sendable {
        /// The invariant that was violated.
        public var invariant: String
        /// How many seeds failed so.
        public var count: UInt64
        /// The first of them.
        public var seeds: [UInt64]
        /// The first failure, in words.
        public var example: String
        /// The command that replays it.
        public var replay: String

        /// Describes failures.
        public init(invariant: String, count: UInt64, seeds: [UInt64], example: String, replay: String) {
            self.invariant = invariant
            self.count = count
            self.seeds = seeds
            self.example = example
            self.replay = replay
        }
    }

    /// A verdict that must occur under some seed.
    public struct Goal: Encodable, Sendable {
        /// The invariant.
        public var invariant: String
        /// The verdict.
        public var verdict: String
        /// Under how many seeds it occurred.
        public var seeds: UInt64
        /// The first of them; null if there is none.
        public var first: UInt64?

        /// Describes a goal.
        public init(invariant: String, verdict: String, seeds: UInt64, first: UInt64?) {
            self.invariant = invariant
            self.verdict = verdict
            self.seeds = seeds
            self.first = first
        }

        enum CodingKeys: String, CodingKey { case invariant, verdict, seeds, first }

        /// Encodes every key, a missing seed as null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(invariant, forKey: .invariant)
            try container.encode(verdict, forKey: .verdict)
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
    /// Failures by what they say.
    public var groups: [Group]
    /// Verdicts that must occur under some seed.
    public var goals: [Goal]
    /// How many kinds of situation the runs came into.
    public var situations: Int
    /// How many events happened under all seeds.
    public var events: UInt64
    /// How much real time passed.
    public var wallSeconds: Double
    /// Why the search ended: `all_seeds`, `plateau`, `time` or `interrupted`.
    public var ended: Ending
    /// Whether no seed failed and every goal occurred.
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
        case wallSeconds = "wall_seconds"
    }

    /// Puts a report together; see the properties.
    public init(
        scenario: String, version: String, seeds: UInt64, known: UInt64, failed: UInt64, groups: [Group],
        goals: [Goal], situations: Int, events: UInt64, wallSeconds: Double, ended: Ending, passed: Bool
    ) {
        self.scenario = scenario
        self.version = version
        self.seeds = seeds
        self.known = known
        self.failed = failed
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
            lines.append(
                "\(style.bad("FAIL")) \(group.invariant): \(NumberText.grouped(group.count)) "
                    + "\(group.count == 1 ? "seed" : "seeds"), the first \(group.seeds.map(String.init).joined(separator: ", "))"
            )
            lines.append("     \(TerminalStyle.sanitised(group.example))")
            lines.append("     replay with: \(group.replay)")
        }
        for goal in goals where goal.seeds == 0 {
            lines.append(
                "\(style.bad("FAIL")) \(goal.invariant) was not \(goal.verdict) under any seed, so that the search shows nothing of it"
            )
        }
        for goal in goals where goal.seeds > 0 {
            lines.append(
                "\(style.good("ok  ")) \(goal.invariant) \(goal.verdict) under \(NumberText.grouped(goal.seeds)) "
                    + "\(goal.seeds == 1 ? "seed" : "seeds")"
                    + style.quiet(goal.first.map { ", the first \($0)" } ?? ""))
        }
        let fresh = seeds - known
        let rate = wallSeconds > 0 ? " (\(NumberText.grouped(UInt64(Double(fresh) / wallSeconds))) seeds/s)" : ""
        let earlier = known > 0 ? ", \(NumberText.grouped(known)) of them by an earlier search" : ""
        lines.append(
            "\(NumberText.grouped(seeds)) seeds\(earlier) in \(NumberText.span(seconds: wallSeconds))\(rate), "
                + "\(NumberText.grouped(UInt64(situations))) kinds of situation; " + ending)
        lines.append(
            passed
                ? style.good("passed") + ": no seed failed, and everything that the scenario states occurred"
                : style.bad("FAILED"))
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
