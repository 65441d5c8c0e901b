internal import Language

/// What the author of a scenario expects of a run.
public struct ExpectationModel: Hashable, Sendable {
    /// What is expected of an invariant.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// It holds.
        case held
        /// It is violated.
        case violated
        /// The run never produces what it guards.
        case notExercised = "not_exercised"
        /// Anything.
        case any
    }

    /// What is expected of the invariants that the file names, by name, in the order of the file.
    public let verdicts: [(name: String, verdict: Verdict)]
    /// What devices are expected to show, in order: numbers of user and device, names of messages.
    public let views: [View]
    /// Expected counts by name.
    public let counts: [(name: String, count: UInt64)]
    /// What is expected of figures that the components report.
    public let metrics: [MetricExpectation]
    /// What must happen under at least one seed of a search.
    public let sometimes: [SometimesModel]
    /// The expected digest: 16 hexadecimal digits.
    public internal(set) var digest: String?

    /// What a device is expected to show.
    public struct View: Hashable, Sendable {
        /// The number of the user.
        public let user: Int
        /// The number of the device.
        public let device: Int
        /// The names of the messages, in order.
        public let messages: [String]
    }

    /// Compares all parts.
    public static func == (left: ExpectationModel, right: ExpectationModel) -> Bool {
        left.verdicts.elementsEqual(right.verdicts, by: ==) && left.views == right.views
            && left.counts.elementsEqual(right.counts, by: ==) && left.digest == right.digest
            && left.metrics == right.metrics && left.sometimes == right.sometimes
    }

    /// Hashes the digest and the views.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(views)
        hasher.combine(digest)
    }

    /// Every figure that something is said of.
    public var figures: [MetricExpectation] {
        metrics
            + sometimes.compactMap { if case .figure(let figure) = $0.situation { figure } else { nil } }
    }

    /// The names of the invariants that may be expected, in the order in which they are reported.
    public static let invariantNames = [
        "no_loss", "no_duplicates", "same_order_on_all_devices", "same_order_for_both_users", "sequence_gap_free",
        "sender_fifo", "offline_complete", "durable_after_ack", "conservation", "capacity_respected",
        "failed_log_drains", "shard_move_lossless", "replicas_agree", "one_owner", "presence_settles",
        "presence_no_flap", "pages_complete", "no_reorder_after_display", "group_same_set", "group_order",
        "cache_coherent", "atomic_indices", "read_your_writes",
    ]
    /// The names of the counts that may be expected.
    public static let countNames = ["sent", "acked", "delivered", "failed", "duplicates_suppressed"]
}

/// Expectations as they are written.
struct RawExpectations {
    let verdicts: [(name: Located<String>, verdict: ExpectationModel.Verdict)]
    let views: [(name: Located<String>, value: [Located<String>])]
    let counts: [(name: String, count: UInt64)]
    let metrics: [MetricExpectation]
    let sometimes: [SometimesModel]
    let digest: String?
}

extension ValueKind where Value == RawExpectations {
    static var expectations: ValueKind {
        .section { reader in
            let verdict = ValueKind<ExpectationModel.Verdict>.choice(
                ExpectationModel.Verdict.allCases.map { ($0.rawValue, $0) })
            let verdicts = ExpectationModel.invariantNames.compactMap { name in
                reader.optional(name, verdict, "What is expected of the invariant `\(name)`.").map {
                    (Located(value: name, position: reader.position(of: name)), $0)
                }
            }
            let message = ValueKind<String>.reference("the name of a message").located
            let views = reader.optional(
                "views",
                message.list(0...100_000).table(
                    named: "device", count: 0...100_000, pattern: "^[a-z][a-z0-9_-]*\\.[a-z][a-z0-9_-]*$",
                    isName: { _ in true }), default: "{}", "What devices show in the end, in order.")
            let counts = reader.optional(
                "messages",
                .section { inner in
                    ExpectationModel.countNames.compactMap { name in
                        inner.optional(name, .integer(0...1_000_000_000_000), "The number of messages \(name).")
                            .map { (name: name, count: $0) }
                    }
                }, default: "{}", "How many messages were sent, acknowledged and so on.")
            let metrics = reader.optional(
                "metrics",
                ValueKind<ClosedRange<UInt64>>.limits.table(
                    named: "figure", count: 0...1000, pattern: "^[a-z0-9_]+(\\.[a-z0-9_]+)+$",
                    isName: { $0.contains(".") }),
                default: "{}", "Limits of figures that the components report; `confab run FILE --metrics` lists them."
            ).map {
                MetricExpectation(
                    name: $0.name.value, position: $0.name.position, atLeast: $0.value.lowerBound,
                    atMost: $0.value.upperBound)
            }
            let sometimes = reader.optional(
                "sometimes", ValueKind<SometimesModel.Situation>.situation.located.list(0...1000), default: "[]",
                "What must happen under at least one seed of `confab explore`; a single run tells whether it did."
            ).map { SometimesModel(situation: $0.value, position: $0.position) }
            return RawExpectations(
                verdicts: verdicts, views: views, counts: counts, metrics: metrics, sometimes: sometimes,
                digest: reader.optional("digest", .digest, "The digest of the run; `confab check --pin` writes it."))
        }
    }
}

extension ValueKind where Value == String {
    fileprivate static var digest: ValueKind {
        scalar(
            "a digest of 16 hexadecimal digits",
            schema: .object([
                ("type", .array([.string("string"), .string("integer")])), ("pattern", .string("^[0-9a-f]{16}$")),
            ]),
            fallback: ""
        ) { text in
            text.utf8.count == 16 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
                ? .success(text)
                : .failure(
                    ReadingFailure(
                        message: "a digest has 16 hexadecimal digits (0-9, a-f); this is `\(printable(text))`"))
        }
    }
}
