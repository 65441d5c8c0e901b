internal import Language
internal import Yams

/// A fault as it is written.
struct RawFault {
    enum What {
        case crash(RawServers, FaultModel.DiskLoss)
        case rollingRestart(RawServers, everyNanoseconds: UInt64, downNanoseconds: UInt64)
        case host(RawServers, FaultModel.HostTrouble)
        case clockSet(RawServers, forwardNanoseconds: Int64)
        case corruption(RawServers, blockCount: UInt64)
        case reconnectStorm(RawServers)
        case zoneLoss(zone: Located<UInt64>, isPowerLoss: Bool)
        case link(sources: [Located<String>], targets: [Located<String>], way: Way, trouble: FaultModel.LinkTrouble)
    }

    /// Who of two sides is struck.
    enum Way {
        /// What either sends to the other.
        case both
        /// What the first sends to the second.
        case one
        /// What either sends to the other, and the first side's ends of connections.
        case halfOpen
    }

    let timeNanoseconds: Located<UInt64>
    let forNanoseconds: Located<UInt64>?
    /// After how long a device notices that its connection is gone with its chat server, if that is said.
    let noticed: Located<DistributionModel>?
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
            let noticed = reader.optional(
                "noticed", ValueKind<DistributionModel>.timeDistribution.located,
                "After how long a device notices, each for itself, that its connection is gone with a chat server that crashes: a few "
                    + "milliseconds if the server's system tells it, a time-out if the machine is without power. Without it devices find out by "
                    + "heartbeats, or when they are told that their messages belong to no connection.")
            let choices = serverFaults(reader) + linkFaults(reader)
            let given = choices.map(\.key).filter(reader.gives)
            if given.count != 1 {
                reader.report(
                    "at",
                    "a fault is exactly one of \(choices.map { "`\($0.key)`" }.joined(separator: ", ")); this one is \(given.count)"
                )
            }
            if let first = given.first, !["crash", "rolling_restart", "zone_loss"].contains(first) {
                reader.rejectIfGiven("noticed", because: "no chat server crashes by this fault")
            }
            switch given.first {
            case "rolling_restart":
                reader.rejectIfGiven("for", because: "a rolling restart ends when the last server is back")
            case "clock": reader.rejectIfGiven("for", because: "a clock that was set stays so")
            case "corrupt": reader.rejectIfGiven("for", because: "a block that went bad stays so until it is repaired")
            case "reconnect_storm":
                reader.rejectIfGiven("for", because: "the connections break at once, and devices connect again")
            case "crash": break
            default:
                if length == nil { reader.report("at", "the key `for` is missing: how long the fault lasts") }
            }
            return RawFault(
                timeNanoseconds: time, forNanoseconds: length, noticed: noticed,
                what: choices.compactMap(\.value).first,
                position: time.position)
        }
    }

    private static func serverFaults(_ reader: SectionReader) -> [(key: String, value: RawFault.What?)] {
        [
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
                "slow_disk",
                reader.optional("slow_disk", .slowDisk, "Servers whose disk takes longer for everything.")
            ),
            (
                "full_disk",
                reader.optional(
                    "full_disk", .fullDisk,
                    "Storage servers or chat servers whose disk has no room, so that nothing more can be logged.")
            ),
            (
                "corrupt",
                reader.optional(
                    "corrupt", .corruption,
                    "Storage servers or data nodes on whose disk blocks go bad: records of the log, or fragments of files."
                )
            ),
            (
                "reconnect_storm",
                reader.optional(
                    "reconnect_storm", .reconnectStorm, "Chat servers that lose all their connections at once.")
            ),
            ("zone_loss", reader.optional("zone_loss", .zoneLoss, "A zone that loses its power or its network.")),
        ]
    }

    private static func linkFaults(_ reader: SectionReader) -> [(key: String, value: RawFault.What?)] {
        [
            (
                "partition",
                reader.optional(
                    "partition", .partition, "Every message between two sides is lost while it lasts.")
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
            (
                "duplicate",
                reader.optional(
                    "duplicate",
                    .link {
                        .duplicate(
                            partsPerBillion: $0.required("ratio", .positiveRatio, "How many requests are repeated."),
                            laterNanoseconds: later($0, "How much longer the copy takes."))
                    },
                    "Some requests between two sides arrive a second time, as if a proxy repeated them. What goes over an open "
                        + "connection, such as that of a device, is not repeated.")
            ),
            (
                "reorder",
                reader.optional(
                    "reorder",
                    .link {
                        .reorder(
                            partsPerBillion: $0.required("ratio", .positiveRatio, "How many requests go another way."),
                            laterNanoseconds: later($0, "How much longer that way takes."))
                    },
                    "Some requests between two sides go another way and are overtaken. What goes over an open connection, such as "
                        + "that of a device, keeps its order.")
            ),
        ]
    }
}

/// By how much later a request arrives that takes another way or comes again.
private func later(_ reader: SectionReader, _ meaning: String) -> DistributionModel {
    reader.optional("later", .timeDistribution, default: "{ uniform: { from: 1ms, to: 100ms } }", meaning)
}
