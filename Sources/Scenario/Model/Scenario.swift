internal import Language

/// A scenario: a system, its users, what they do, what goes wrong, and what is expected. Everything in it is valid.
public struct Scenario: Hashable, Sendable {
    /// The longest run: 30 days, in nanoseconds.
    public static let durationMax: UInt64 = 30 * 86_400_000_000_000
    /// The largest message: 64 MiB.
    public static let messageBytesMax: UInt64 = 64 << 20

    /// The name.
    public let name: String
    /// What it shows.
    public let description: String
    /// The seed of all random draws.
    public private(set) var seed: UInt64
    /// How long it runs, in nanoseconds of virtual time.
    public let durationNanoseconds: UInt64
    /// How long anything that must come true is given, in nanoseconds.
    public let settleNanoseconds: UInt64
    /// The servers.
    public let system: SystemModel
    /// The network.
    public let network: NetworkModel
    /// Clocks that are not exact.
    public let clocks: [ClockModel]
    /// The users who are listed by name.
    public let users: [UserModel]
    /// The users who are not.
    public let populations: [PopulationModel]
    /// The groups that are listed by name.
    public let groups: [ListedGroupModel]
    /// What listed users do, in the order of the file.
    public let script: [ScriptStep]
    /// What goes wrong, in the order of the file.
    public let faults: [FaultModel]
    /// What goes wrong at random; nothing if all is said.
    public let randomFaults: RandomFaultsModel?
    /// Whether the run is judged while it happens, and forgotten: see `StreamingJudge`.
    public let isJudgedWhileItRuns: Bool
    /// What is expected.
    public internal(set) var expectations: ExpectationModel
    /// The changes of `check_with` that were made, each as `path=value`.
    public internal(set) var checkedWith: [String] = []
}

extension Scenario {
    /// The same scenario under another seed. The digest that it expects belongs to its own seed and is not expected any more.
    public func with(seed: UInt64) -> Scenario {
        var other = self
        other.seed = seed
        other.expectations.digest = nil
        return other
    }
}

extension Scenario {
    /// The invariants that may be violated where the scenario says nothing of them; see ``SystemModel/givenUpByDesign``.
    public var givenUpByDesign: Set<String> { system.givenUpByDesign }

    /// When populations stop, in nanoseconds: their users neither write nor come nor go any more.
    public var populationsStopNanoseconds: UInt64 { durationNanoseconds - settleNanoseconds }
}

extension SystemModel {
    /// The invariants that such a system may violate where a scenario says nothing of them: two users may see a conversation in different
    /// orders, and what is shown as it arrives may sort above what was shown before.
    var givenUpByDesign: Set<String> {
        var names: Set<String> = ["same_order_for_both_users"]
        if sequencing == .serverTimestamp { names.insert("no_reorder_after_display") }
        return names
    }
}

/// A scenario as it is written: names are not resolved yet.
struct RawScenario {
    let name, description: String
    let seed: UInt64
    let durationNanoseconds: UInt64?
    let settleNanoseconds: UInt64?
    let settlePosition: SourcePosition
    let usersPosition: SourcePosition
    let systemPosition: SourcePosition
    let system: SystemModel
    let network: NetworkModel
    let clocks: [(name: Located<String>, value: RawClock)]
    let users: [(name: Located<String>, value: RawUser)]
    let populations: [(name: Located<String>, value: RawPopulation)]
    let groups: [(name: Located<String>, value: RawGroup)]
    let script: [RawStep]
    let faults: [RawFault]
    let randomFaults: RawRandomFaults?
    let isJudgedWhileItRuns: Bool
    let judgingPosition: SourcePosition
    /// What `confab check` changes before it runs the file.
    let checkedWith: [Located<String>]
    let expectations: RawExpectations
}

extension ValueKind where Value == RawScenario {
    /// A whole file.
    static var scenario: ValueKind {
        .section { reader in
            _ = reader.required("confab", .integer(1...1), "The version of the scenario language: 1.")
            return RawScenario(
                name: reader.required("name", .text(1...200), "What the scenario is called."),
                description: reader.optional("description", .text(1...10_000), "What it shows.") ?? "",
                seed: reader.optional(
                    "seed", .integer(0...UInt64(Int64.max)), default: "1", "The seed of all random draws."),
                durationNanoseconds: reader.required(
                    "duration", ValueKind<UInt64>.duration(1_000_000...Scenario.durationMax).orNone, "How long it runs."
                ),
                settleNanoseconds: reader.optional(
                    "settle", .duration(0...Scenario.durationMax),
                    "How long a delivery may take before it counts as missing; populations stop sending so long before the end. "
                        + "Default: 5s, or half the duration if that is shorter."),
                settlePosition: reader.position(of: "settle"),
                usersPosition: reader.position(of: "users"), systemPosition: reader.position(of: "system"),
                system: reader.optional("system", .system, default: "{}", "The servers and how they work."),
                network: reader.optional("network", .network, default: "{}", "The network."),
                clocks: reader.optional(
                    "clocks",
                    ValueKind<RawClock>.clock.table(
                        named: "clock", count: 0...100_000, pattern: NamePattern.server, isName: { _ in true }),
                    default: "{}", "The clocks of chat servers that are not exact."),
                users: reader.optional(
                    "users",
                    ValueKind<RawUser>.user.table(
                        named: "user", count: 0...10_000, pattern: NamePattern.user, isName: NamePattern.isUser),
                    default: "{}", "The users who are listed by name."),
                populations: reader.optional(
                    "populations",
                    ValueKind<RawPopulation>.population.table(
                        named: "population", count: 0...100, pattern: NamePattern.user, isName: NamePattern.isUser),
                    default: "{}", "Users who are alike and send to one another."),
                groups: reader.optional(
                    "groups",
                    ValueKind<RawGroup>.group.table(
                        named: "group", count: 0...10_000, pattern: NamePattern.user, isName: NamePattern.isUser),
                    default: "{}", "The groups that listed users write to."),
                script: reader.optional(
                    "script", ValueKind<RawStep?>.step.list(0...100_000), default: "[]",
                    "What listed users do."
                ).compactMap(\.self),
                faults: reader.optional(
                    "faults", ValueKind<RawFault>.fault.list(0...10_000), default: "[]", "What goes wrong."),
                randomFaults: reader.optional(
                    "random_faults", .randomFaults,
                    "What goes wrong at random, beside `faults`: other faults under each seed."
                ),
                isJudgedWhileItRuns: reader.optional(
                    "judging", .choice([("of_whole_run", false), ("while_running", true)]), default: "of_whole_run",
                    "`of_whole_run`: every invariant, in the end, by all that was observed; `while_running`: a message is forgotten once it is "
                        + "acknowledged, stored and shown, so that a large world can be judged for long: no_loss, no_duplicates, "
                        + "sequence_gap_free, durable_after_ack, conservation, capacity_respected and one_owner."),
                judgingPosition: reader.position(of: "judging"),
                checkedWith: reader.optional(
                    "check_with", ValueKind<String>.text(1...400).located.list(1...50),
                    "What `confab check` changes before it runs the file, each as `path=value` is set on the command line: a file that describes a "
                        + "large world is checked on a small one. The digest in `expect` is that of the small one.")
                    ?? [],
                expectations: reader.optional("expect", .expectations, default: "{}", "What is expected of the run."))
        }
    }
}
