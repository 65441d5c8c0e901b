public import Plan

/// A choice that a plan makes, beside the other ways in which it could be made.
public struct Alternatives: Hashable, Sendable {
    /// A word for the choice: letters, digits and hyphens.
    public let identifier: String
    /// The choice: `How are clients connected?`
    public let question: String
    /// The plan as it is, then with each other way.
    public let variants: [Variant]

    /// The choices that the source design discusses.
    ///
    /// - Parameter plan: The plan; its own way of each choice comes first.
    public static func all(_ plan: Plan) -> [Alternatives] {
        let policies = plan.policies
        let own = Variant("as planned", plan)
        return [
            choice(
                "transport", "How are clients connected?", own, policies.transport.kind.value,
                [
                    (.websocket, "push over websockets", "policies.transport={ kind: websocket }"),
                    (.longPoll, "long polls of 30 s", "policies.transport={ kind: long_poll, period: 30s }"),
                    (.poll, "polls every 30 s", "policies.transport={ kind: poll, period: 30s }"),
                ]),
            choice(
                "redundancy", "What guards against the loss of servers?", own, redundancy(policies.storage.redundancy),
                [
                    ("3 copies", "3 copies", "policies.storage.redundancy={ copies: 3 }"),
                    (
                        "RS(6,3)", "Reed-Solomon (6,3)",
                        "policies.storage.redundancy={ data_fragments: 6, parity_fragments: 3 }"
                    ),
                    (
                        "RS(10,4)", "Reed-Solomon (10,4)",
                        "policies.storage.redundancy={ data_fragments: 10, parity_fragments: 4 }"
                    ),
                ]),
            choice(
                "cache", "Is there a cache?", own, policies.cache.isOn.value,
                [
                    (true, "with a cache", "policies.cache={ enabled: on }"),
                    (false, "without a cache", "policies.cache={ enabled: off }"),
                ]),
            choice(
                "presence", "How do users learn who is online?", own, policies.presence.scheme.value,
                PresenceScheme.allCases.map { scheme in
                    (scheme, scheme.rawValue.replacing("_", with: " "), "policies.presence.scheme=\(scheme.rawValue)")
                }),
            choice(
                "acknowledge", "When is a sender told that his message is accepted?", own, policies.acknowledge.value,
                AcknowledgePolicy.allCases.map { policy in
                    (policy, policy.rawValue.replacing("_", with: " "), "policies.acknowledge=\(policy.rawValue)")
                }),
            choice(
                "mailboxes", "How often is a message kept?", own, policies.storage.mailboxes.value,
                [
                    (.shared, "once", "policies.storage.mailboxes=shared"),
                    (.perUser, "in each user's mailbox", "policies.storage.mailboxes=per_user"),
                ]),
        ]
    }

    private static func redundancy(_ redundancy: Redundancy) -> String {
        switch redundancy {
        case .copies(let copies): "\(Int(copies.value)) copies"
        case .reedSolomon(let data, let parity): "RS(\(Int(data.value)),\(Int(parity.value)))"
        }
    }

    /// The ways of a choice other than the plan's own, each as the plan with one change. A way that does not go with the rest of the plan is left
    /// out.
    private static func choice<Value: Equatable>(
        _ identifier: String, _ question: String, _ own: Variant, _ value: Value,
        _ ways: [(value: Value, name: String, change: String)]
    ) -> Alternatives {
        let others = ways.filter { $0.value != value }.compactMap {
            try? Variant($0.name, own.sizing.plan, [$0.change])
        }
        return Alternatives(identifier: identifier, question: question, variants: [own] + others)
    }
}
