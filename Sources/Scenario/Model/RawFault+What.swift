internal import Language
internal import Yams

extension ValueKind where Value == RawFault.What {
    static var crash: ValueKind {
        servers(
            isPlain: true, and: { .crash($0, $1) },
            { reader in
                let isTorn = reader.optional(
                    "torn_write", .onOff, default: "off",
                    "Whether the crash comes in the middle of a write, so that what was being synced is there in part.")
                let last = reader.optional(
                    "lost_writes", .duration(1...Scenario.durationMax),
                    "What was synced in so long before the crash is lost, as by a disk that says that it has what is in its cache."
                )
                guard let last else { return isTorn ? .tornWrite : .nothing }
                if isTorn { reader.report("lost_writes", "a crash has either `torn_write` or `lost_writes`") }
                return .lostWrites(lastNanoseconds: last)
            })
    }

    static var pause: ValueKind { servers { .host($0, .pause) } }

    static var fullDisk: ValueKind { servers { .host($0, .fullDisk) } }

    static var reconnectStorm: ValueKind { servers { .reconnectStorm($0) } }

    static var rollingRestart: ValueKind {
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

    static var slow: ValueKind {
        servers(
            and: { .host($0, .slow(costThousandths: $1)) },
            { $0.required("factor", .factor(1001...1_000_000), "How many times the usual everything costs.") })
    }

    static var slowDisk: ValueKind {
        servers(
            and: { .host($0, .slowDisk(timeThousandths: $1)) },
            { $0.required("factor", .factor(1001...1_000_000_000), "How many times the usual everything takes.") })
    }

    static var corruption: ValueKind {
        servers(
            isPlain: true, and: { .corruption($0, blockCount: $1) },
            { $0.optional("blocks", .integer(1...1_000_000), default: "1", "How many blocks go bad on each.") })
    }

    static var clockSet: ValueKind {
        servers(
            and: { .clockSet($0, forwardNanoseconds: $1) },
            { reader in
                let forward = reader.required(
                    "forward", .signedDuration(86_400_000_000_000), "By how much; back if negative.")
                if forward == 0 { reader.report("forward", "a clock that is set forward by nothing is not set") }
                return forward
            })
    }

    static var zoneLoss: ValueKind {
        .section { reader in
            .zoneLoss(
                zone: reader.required("zone", ValueKind<UInt64>.integer(1...100).located, "Which zone, from 1."),
                isPowerLoss: reader.optional(
                    "of", .choice([("power", true), ("network", false)]), default: "power",
                    "`power`: every server in it crashes; `network`: nothing passes between it and the rest of the world."
                ))
        }
    }

    static var partition: ValueKind {
        link(
            ways: [("both", .both), ("one", .one), ("half_open", .halfOpen)],
            "`one` strikes only what the first side sends to the other; `half_open` is a cut both ways at which the connections "
                + "between devices and chat servers break, but only the first side notices: the other believes that they live."
        ) { _ in .loss(partsPerBillion: 1_000_000_000) }
    }

    static func link(_ trouble: @escaping (SectionReader) -> FaultModel.LinkTrouble) -> ValueKind {
        link(
            ways: [("both", .both), ("one", .one)], "`one` strikes only what the first side sends to the other.",
            trouble)
    }

    private static func link(
        ways: [(String, RawFault.Way)], _ meaning: String,
        _ trouble: @escaping (SectionReader) -> FaultModel.LinkTrouble
    ) -> ValueKind {
        .section { reader in
            .link(
                sources: reader.required("between", .selector, "One side: users, devices or servers."),
                targets: reader.required("and", .selector, "The other side."),
                way: reader.optional("way", .choice(ways), default: "both", meaning), trouble: trouble(reader))
        }
    }

    /// Servers: one name, a list of names, or a section with the names and a share.
    private static func servers(_ make: @escaping (RawServers) -> RawFault.What) -> ValueKind {
        servers(isPlain: true, and: { servers, _ in make(servers) }, { _ in })
    }

    /// A section with servers, a share, and more keys; if none of those must be given, one name or a list of names instead.
    private static func servers<More>(
        isPlain: Bool = false, and make: @escaping (RawServers, More) -> RawFault.What,
        _ more: @escaping (SectionReader) -> More
    ) -> ValueKind {
        let section = ValueKind.section { reader in
            let names = reader.required("servers", .selector, "Servers, or all of a tier: `\"chat_server.*\"`.")
            let share = reader.optional(
                "share", .positiveRatio, default: "100%", "How many of them, evenly spaced; rounded up.")
            return make(RawServers(names: names, sharePartsPerBillion: share), more(reader))
        }
        guard isPlain else { return section }
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
}

extension ValueKind where Value == [Located<String>] {
    /// One name or a list of names.
    static var selector: ValueKind {
        let one = ValueKind<String>.reference("a user, a device or a server").located
        let many = one.list(1...1000)
        return ValueKind(
            read: { node, diagnostics in
                if case .sequence = node { return many.read(node, diagnostics) }
                return one.read(node, diagnostics).map { [$0] }
            }, schema: { .object([("anyOf", .array([one.schema(), many.schema()]))]) }, fallback: { [] })
    }
}
