internal import Yams

/// A fault as it is written.
struct RawFault {
    enum What {
        case crash(RawServers)
        case rollingRestart(RawServers, everyNanoseconds: UInt64, downNanoseconds: UInt64)
        case host(RawServers, FaultModel.HostTrouble)
        case clockSet(RawServers, forwardNanoseconds: Int64)
        case link(
            sources: [Located<String>], targets: [Located<String>], bothWays: Bool, trouble: FaultModel.LinkTrouble)
    }

    let timeNanoseconds: Located<UInt64>
    let forNanoseconds: Located<UInt64>?
    let what: What?
    let position: SourcePosition
}

/// Servers that a fault strikes, as they are written: names or patterns, and how many of them.
struct RawServers {
    let names: [Located<String>]
    /// The share of them that is struck, in parts per billion.
    let sharePartsPerBillion: UInt64
}

extension ValueKind where Value == RawFault {
    static var fault: ValueKind {
        .section { reader in
            let time = reader.required(
                "at", ValueKind<UInt64>.duration(0...Scenario.durationMax).located, "When it begins.")
            let length = reader.optional(
                "for", ValueKind<UInt64>.duration(1...Scenario.durationMax).located,
                "How long it lasts; a crashed server without `for` never returns.")
            let choices: [(key: String, value: RawFault.What?)] = [
                ("crash", reader.optional("crash", .crash, "Servers that lose their memory.")),
                (
                    "rolling_restart",
                    reader.optional(
                        "rolling_restart", .rollingRestart, "Servers that are restarted, one after another.")
                ),
                (
                    "pause",
                    reader.optional(
                        "pause", .pause, "Servers that stand still, and then go on with all that came meanwhile.")
                ),
                ("slow", reader.optional("slow", .slow, "Servers on which everything costs more.")),
                ("clock", reader.optional("clock", .clockSet, "Servers whose clocks are set.")),
                (
                    "partition",
                    reader.optional(
                        "partition", .link { _ in .loss(partsPerBillion: 1_000_000_000) },
                        "Every message between two sides is lost while it lasts.")
                ),
                (
                    "loss",
                    reader.optional(
                        "loss",
                        .link {
                            .loss(partsPerBillion: $0.required("ratio", .positiveRatio, "How many messages are lost."))
                        }, "Some messages between two sides are lost.")
                ),
                (
                    "delay",
                    reader.optional(
                        "delay",
                        .link { .delay($0.required("by", .timeDistribution, "How much longer a message takes.")) },
                        "Messages between two sides take longer.")
                ),
                (
                    "clog",
                    reader.optional(
                        "clog", .link { _ in .clog }, "Messages between two sides are held until it is over.")
                ),
            ]
            let given = choices.map(\.key).filter(reader.gives)
            if given.count != 1 {
                reader.report(
                    "at",
                    "a fault is exactly one of \(choices.map { "`\($0.key)`" }.joined(separator: ", ")); this one is \(given.count)"
                )
            }
            switch given.first {
            case "rolling_restart":
                reader.rejectIfGiven("for", because: "a rolling restart ends when the last server is back")
            case "clock": reader.rejectIfGiven("for", because: "a clock that was set stays so")
            case "crash": break
            default:
                if length == nil { reader.report("at", "the key `for` is missing: how long the fault lasts") }
            }
            return RawFault(
                timeNanoseconds: time, forNanoseconds: length, what: choices.compactMap(\.value).first,
                position: time.position)
        }
    }
}

extension ValueKind where Value == RawFault.What {
    fileprivate static var crash: ValueKind { servers(and: { servers, _ in .crash(servers) }, { _ in }) }

    fileprivate static var pause: ValueKind { servers(and: { servers, _ in .host(servers, .pause) }, { _ in }) }

    fileprivate static var rollingRestart: ValueKind {
        servers(
            and: { .rollingRestart($0, everyNanoseconds: $1.every, downNanoseconds: $1.down) },
            { reader in
                let time = ValueKind<UInt64>.duration(1...Scenario.durationMax)
                return (
                    every: reader.required(
                        "every", time, "The time from the stop of one server to the stop of the next."),
                    down: reader.required("down", time, "How long each server is down.")
                )
            })
    }

    fileprivate static var slow: ValueKind {
        servers(
            and: { .host($0, .slow(costThousandths: $1)) },
            { $0.required("factor", .factor(1001...1_000_000), "How many times the usual everything costs.") })
    }

    fileprivate static var clockSet: ValueKind {
        servers(
            and: { .clockSet($0, forwardNanoseconds: $1) },
            { reader in
                let forward = reader.required(
                    "forward", .signedDuration(86_400_000_000_000), "By how much; back if negative.")
                if forward == 0 { reader.report("forward", "a clock that is set forward by nothing is not set") }
                return forward
            })
    }

    /// Servers: one name, a list of names, or a section with the names, a share, and more keys.
    private static func servers<More>(
        and make: @escaping (RawServers, More) -> RawFault.What, _ more: @escaping (SectionReader) -> More
    ) -> ValueKind {
        let section = ValueKind.section { reader in
            let names = reader.required("servers", .selector, "Servers, or all of a tier: `\"chat_server.*\"`.")
            let share = reader.optional(
                "share", .positiveRatio, default: "100%", "How many of them, evenly spaced; rounded up.")
            return make(RawServers(names: names, sharePartsPerBillion: share), more(reader))
        }
        guard More.self == Void.self else { return section }
        let plain = ValueKind<[Located<String>]>.selector
        return ValueKind(
            read: { node, diagnostics in
                if case .mapping = node { return section.read(node, diagnostics) }
                return plain.read(node, diagnostics).map { names in
                    make(RawServers(names: names, sharePartsPerBillion: 1_000_000_000), more(SectionReader()))
                }
            }, schema: { .object([("anyOf", .array([plain.schema(), section.schema()]))]) },
            fallback: section.fallback)
    }

    fileprivate static func link(_ trouble: @escaping (SectionReader) -> FaultModel.LinkTrouble) -> ValueKind {
        .section { reader in
            let way = ValueKind<Bool>.choice([("both", true), ("one", false)])
            return .link(
                sources: reader.required("between", .selector, "One side: users, devices or servers."),
                targets: reader.required("and", .selector, "The other side."),
                bothWays: reader.optional(
                    "way", way, default: "both", "`one` strikes only what the first side sends to the other."),
                trouble: trouble(reader))
        }
    }
}

extension ValueKind where Value == [Located<String>] {
    /// One name or a list of names.
    fileprivate static var selector: ValueKind {
        let one = ValueKind<String>.reference("a user, a device or a server").located
        let many = one.list(1...1000)
        return ValueKind(
            read: { node, diagnostics in
                if case .sequence = node { return many.read(node, diagnostics) }
                return one.read(node, diagnostics).map { [$0] }
            }, schema: { .object([("anyOf", .array([one.schema(), many.schema()]))]) }, fallback: { [] })
    }
}
