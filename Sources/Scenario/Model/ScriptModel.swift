internal import Yams

/// Something that a listed user does at a given time.
public struct ScriptStep: Hashable, Sendable {
    /// What the user does.
    public enum Action: Hashable, Sendable {
        /// Sends a message to a user, by number.
        case send(message: String, to: Int, contentBytes: UInt64)
        /// Reads of the past.
        case read(ReadingModel)
        /// Goes online.
        case connect
        /// Goes offline.
        case disconnect
        /// Opens a chat with a user, by number.
        case openChat(with: Int)
    }

    /// When, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// Who, by number.
    public let user: Int
    /// On which device, by number.
    public let device: Int
    /// What.
    public let action: Action
}

/// A step as it is written.
struct RawStep {
    enum Action {
        case send(message: Located<String>, to: Located<String>, contentBytes: UInt64)
        case read(RawReading)
        case connect
        case disconnect
        case openChat(with: Located<String>)
    }

    let timeNanoseconds: Located<UInt64>
    let subject: Located<String>
    let action: Action
}

extension ValueKind where Value == RawStep? {
    /// A step: when, and one key that says who does what.
    static var step: ValueKind {
        ValueKind(
            read: { node, diagnostics in
                guard case .mapping(let mapping) = node else {
                    diagnostics.report(
                        "expected a step such as `{ at: 1s, alice: { send: M1, to: bob } }`, but this is \(describe(node))",
                        at: node.position)
                    return nil
                }
                let reader = SectionReader(mapping, position: node.position, diagnostics: diagnostics)
                let time = reader.required("at", time, "When it happens.")
                let others = reader.otherEntries()
                guard others.count == 1, let other = others.first else {
                    diagnostics.report(
                        "a step has `at` and exactly one user or device that does something; this one has \(others.count)",
                        at: others.dropFirst().first?.key.position ?? node.position)
                    return nil
                }
                return action.read(other.value, diagnostics).map {
                    RawStep(timeNanoseconds: time, subject: other.key, action: $0)
                }
            },
            schema: {
                .object([
                    ("type", .string("object")), ("minProperties", .integer(2)), ("maxProperties", .integer(2)),
                    ("required", .array([.string("at")])),
                    (
                        "properties",
                        .object([
                            ("at", time.schema().adding([("description", .string("When it happens."))]))
                        ])
                    ), ("additionalProperties", action.schema()),
                ])
            }, fallback: { nil })
    }

    private static var time: ValueKind<Located<UInt64>> { ValueKind<UInt64>.duration(0...Scenario.durationMax).located }

    private static var action: ValueKind<RawStep.Action> {
        let word = ValueKind<RawStep.Action>.choice([("connect", .connect), ("disconnect", .disconnect)])
        let send = ValueKind<RawStep.Action>.section { reader in
            .send(
                message: reader.required(
                    "send", ValueKind<String>.reference("the name of a message").located, "The message's name."),
                to: reader.required("to", ValueKind<String>.reference("the name of a user").located, "Whom it is for."),
                contentBytes: reader.optional("size", .messageSize, default: "100B", "The size of the content."))
        }
        let openChat = ValueKind<RawStep.Action>.section { reader in
            .openChat(
                with: reader.required(
                    "open_chat", ValueKind<String>.reference("the name of a user").located,
                    "Opens a chat with a user, whose status is then shown."))
        }
        let reading = ValueKind<RawReading>.reading.map(RawStep.Action.read)
        return ValueKind<RawStep.Action>(
            read: { node, diagnostics in
                if ValueKind<RawReading>.isReading(node) { return reading.read(node, diagnostics) }
                guard case .mapping(let mapping) = node else { return word.read(node, diagnostics) }
                let opensChat = mapping.contains { $0.key.string == "open_chat" }
                return (opensChat ? openChat : send).read(node, diagnostics)
            },
            schema: {
                .object([("anyOf", .array([word, send, openChat, reading].map { $0.schema() }))])
            },
            fallback: word.fallback)
    }
}
