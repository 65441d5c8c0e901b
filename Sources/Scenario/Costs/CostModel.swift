internal import Language

/// What it costs to handle some kinds of messages, in place of what any message costs on the servers of a tier.
public struct CostModel: Hashable, Sendable {
    /// What handling one kind costs on one tier.
    public struct Cost: Hashable, Sendable {
        /// The tier.
        public let tier: TierName
        /// The name of the kind: of a message as in `submit`, or `timer`, `log_synced`, `file_written`.
        public let kind: String
        /// The cost, in nanoseconds on one core.
        public let nanoseconds: UInt64
        /// Where that is said.
        let position: SourcePosition
    }

    /// The costs, tier by tier, each kind of a tier at most once.
    public let costs: [Cost]

    /// All that can have a cost of its own, tier by tier.
    public static let allNames = TierName.allCases.flatMap { tier in
        HandledName.all(of: tier).map { (tier: tier, kind: $0.name) }
    }

    /// The costs on one tier.
    public func costs(of tier: TierName) -> [Cost] { costs.filter { $0.tier == tier } }
}

extension ValueKind where Value == CostModel {
    /// A section of tiers, each a section of kinds with what they cost.
    static var costs: ValueKind {
        .section { reader in
            CostModel(
                costs: TierName.allCases.flatMap { tier in
                    reader.optional(
                        tier.rawValue, .costs(of: tier), "What a \(tier.title) takes for what it handles.") ?? []
                })
        }
    }
}

extension ValueKind where Value == [CostModel.Cost] {
    fileprivate static func costs(of tier: TierName) -> ValueKind {
        .section { reader in
            HandledName.all(of: tier).compactMap { handled in
                let nanoseconds = reader.optional(
                    handled.name, ValueKind<UInt64>.duration(0...10_000_000_000), handled.meaning)
                return nanoseconds.map {
                    CostModel.Cost(
                        tier: tier, kind: handled.name, nanoseconds: $0, position: reader.position(of: handled.name))
                }
            }
        }
    }
}

extension TierName {
    /// The name of one server, in words.
    var title: String { rawValue.replacing("_", with: " ") }
}

extension HandledName {
    fileprivate var meaning: String {
        switch name {
        case "timer": "What it costs when a timer fires, on one core; nothing unless given."
        case "log_synced": "What it costs when a sync of the log is done, on one core; nothing unless given."
        case "file_written":
            "What it costs when a part of a file is read or written, on one core; nothing unless given."
        default: "What handling a message `\(name)` costs on one core."
        }
    }
}
