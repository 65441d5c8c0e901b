internal import Language

/// Faults that are drawn at random: other ones under each seed.
public struct RandomFaultsModel: Hashable, Sendable {
    /// A kind of fault, how often it strikes and how long it lasts.
    public struct Rate: Hashable, Sendable {
        /// The kind.
        public let kind: RandomFaultKind
        /// The mean time between two, in nanoseconds.
        public let everyNanoseconds: UInt64
        /// How long one lasts, in nanoseconds; nothing for what happens at once.
        public let lastsNanoseconds: DistributionModel?
    }

    /// No fault begins before this time, in nanoseconds.
    public let startNanoseconds: UInt64
    /// All are over at this time, in nanoseconds.
    public let endNanoseconds: UInt64
    /// How likely each kind strikes at all under a seed, in parts per billion.
    public let swarmPartsPerBillion: UInt64
    /// How many servers of a tier may be down at a time.
    public let downAtOnce: UInt64
    /// Whether what is durable stays recoverable.
    public let isRecoverable: Bool
    /// The kinds that may strike, in their order.
    public let rates: [Rate]
}

/// Random faults as they are written.
struct RawRandomFaults {
    let start: Located<UInt64>
    let end: Located<UInt64>?
    let swarm, downAtOnce: UInt64
    let isRecoverable: Bool
    /// The kinds that are listed; nothing if all are meant that the system can suffer.
    let rates: [RawRate]?
    let position: SourcePosition

    struct RawRate {
        let kind: RandomFaultKind
        let every: UInt64
        let lasts: DistributionModel?
        let position: SourcePosition
    }
}

extension ValueKind where Value == RawRandomFaults {
    static var randomFaults: ValueKind {
        .section { reader in
            let time = ValueKind<UInt64>.duration(0...Scenario.durationMax).located
            let start = reader.optional("from", time, default: "1s", "No fault begins before this time.")
            return RawRandomFaults(
                start: start,
                end: reader.optional(
                    "until", time,
                    "All faults are over at this time. Everything must come true within `settle` after it. Default: `settle` before the end."
                ),
                swarm: reader.optional(
                    "swarm", .positiveRatio, default: "50%",
                    "How likely each kind strikes at all under a seed: some seeds see many kinds, some few."),
                downAtOnce: reader.optional(
                    "down_at_once", .integer(1...100_000), default: "1",
                    "How many servers of a tier may be down at the same time."),
                isRecoverable: reader.optional(
                    "budget", .choice([("recoverable", true), ("none", false)]), default: "recoverable",
                    "`recoverable`: no server crashes that alone has what was acknowledged, no more copies are down than may be, and nothing "
                        + "that is durable is destroyed; `none`: all of that may happen."),
                rates: reader.optional(
                    "kinds", .rates,
                    "The kinds of faults that may strike; all that the system can suffer if this section is left out."),
                position: start.position)
        }
    }
}

extension ValueKind where Value == [RawRandomFaults.RawRate] {
    fileprivate static var rates: ValueKind {
        .section { reader in
            let rates = RandomFaultKind.allCases.compactMap { kind in
                reader.optional(kind.name, .rate(of: kind), kind.meaning)
            }
            if rates.isEmpty, reader.otherEntries().isEmpty {
                reader.report("kinds", "without any kind of fault there is nothing to draw")
            }
            return rates
        }
    }
}

extension ValueKind where Value == RawRandomFaults.RawRate {
    static func rate(of kind: RandomFaultKind) -> ValueKind {
        ValueKind.section { reader in
            let every = reader.optional(
                "every", ValueKind<UInt64>.duration(1_000_000...Scenario.durationMax).located, default: kind.usualGap,
                "The mean time between two.")
            let lasts = kind.usualLength.map {
                reader.optional("lasts", .timeDistribution, default: $0, "How long one lasts.")
            }
            return RawRandomFaults.RawRate(
                kind: kind, every: every.value, lasts: lasts, position: reader.position(of: "every"))
        }
    }
}
