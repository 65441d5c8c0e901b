public import Language
internal import Yams

/// Something that must happen under at least one seed of a search.
public struct SometimesModel: Hashable, Sendable {
    /// What is to happen.
    public enum Situation: Hashable, Sendable {
        /// An invariant has a verdict.
        case verdict(invariant: String, ExpectationModel.Verdict)
        /// A figure that the components report is within limits.
        case figure(MetricExpectation)
        /// A count of messages, one of ``ExpectationModel/countNames``, is within limits.
        case messages(MetricExpectation)

        /// What is to happen, in words.
        public var text: String {
            switch self {
            case .verdict(let invariant, let verdict): "\(invariant) \(verdict.rawValue.replacing("_", with: " "))"
            case .figure(let figure): "\(figure.name) \(figure.text)"
            case .messages(let count): "messages \(count.name) \(count.text)"
            }
        }
    }

    /// What is to happen.
    public let situation: Situation
    /// Where the file says so.
    public let position: SourcePosition
}

extension ValueKind where Value == SometimesModel.Situation {
    /// `{ invariant: …, verdict: … }`, `{ metric: …, at_least: … }` or `{ messages: …, at_least: … }`.
    static var situation: ValueKind {
        .section { reader in
            let invariant = reader.optional(
                "invariant", .choice(ExpectationModel.invariantNames.map { ($0, $0) }), "The invariant that is meant.")
            let metric = reader.optional(
                "metric", .reference("the name of a figure"),
                "The figure that is meant; `confab run FILE --metrics` lists them.")
            let count = reader.optional(
                "messages", .choice(ExpectationModel.countNames.map { ($0, $0) }),
                "The count of messages that is meant.")
            reader.requireOne(of: ["invariant", "metric", "messages"], "what is to happen")
            let verdict = reader.optional(
                "verdict",
                .choice([("held", ExpectationModel.Verdict.held), ("violated", .violated)]),
                "The verdict that the invariant must have; `held` if it is left out.")
            let number = ValueKind<UInt64>.integer(0...UInt64(Int64.max))
            let least = reader.optional(
                "at_least", number, "The least that the figure must be: 1, or 0 with `at_most`, if it is left out.")
            let most = reader.optional("at_most", number, "The most that the figure may be.")
            if reader.gives("invariant") {
                for key in ["at_least", "at_most"] {
                    reader.rejectIfGiven(key, because: "an invariant has a verdict, not a size")
                }
                return .verdict(invariant: invariant ?? "", verdict ?? .held)
            }
            reader.rejectIfGiven("verdict", because: "only an invariant has a verdict")
            let low = least ?? (most == nil ? 1 : 0)
            if low == 0, most == nil {
                reader.report("at_least", "it is always at least 0; write `at_least: 1` or more")
            }
            if let most, low > most { reader.report("at_most", "`at_most` is less than `at_least`") }
            let limits = MetricExpectation(
                name: metric ?? count ?? "", position: reader.position(of: metric == nil ? "messages" : "metric"),
                atLeast: low, atMost: max(low, most ?? .max))
            return metric == nil ? .messages(limits) : .figure(limits)
        }
    }
}
