internal import Language
internal import Yams

/// Something that a listed user does at a given time.
public struct ScriptStep: Hashable, Sendable {
    /// What the user does.
    public enum Action: Hashable, Sendable {
        /// Sends a message to a user, by number.
        case send(message: String, to: Int, contentBytes: UInt64)
        /// Reads of the past.
        case read(ReadingModel)
        /// Sends a message to a group, by number.
        case sendToGroup(message: String, group: Int, contentBytes: UInt64)
        /// Makes a user a member of a group, or ends the membership, both by number. The members are told by a message.
        case changeGroup(message: String, group: Int, user: Int, adds: Bool)
        /// Goes online.
        case connect
        /// Goes offline.
        case disconnect
        /// Opens a chat with a user, by number.
        case openChat(with: Int)
        /// Reads the recent messages and conversations.
        case readRecent

        /// The name of the message that the action sends, if it sends one.
        public var message: String? {
            switch self {
            case .send(let message, _, _), .sendToGroup(let message, _, _), .changeGroup(let message, _, _, _): message
            case .connect, .disconnect, .openChat, .read, .readRecent: nil
            }
        }
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
        case sendToGroup(message: Located<String>, group: Located<String>, contentBytes: UInt64)
        case changeGroup(GroupChange)
        case connect
        case disconnect
        case openChat(with: Located<String>)
        case readRecent
    }

    /// A change of who is in a group. Without a user it is the one who makes it; without a name, the message that tells of it has one
    /// made of what it does and to whom.
    struct GroupChange {
        let group: Located<String>
        var user: Located<String>?
        let adds: Bool
        let name: Located<String>?
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
        let word = ValueKind<RawStep.Action>.choice([
            ("connect", .connect), ("disconnect", .disconnect), ("read_recent", .readRecent),
        ])
        let sections = sections
        let reading = ValueKind<RawReading>.reading.map(RawStep.Action.read)
        return ValueKind<RawStep.Action>(
            read: { node, diagnostics in
                guard case .mapping(let mapping) = node else { return word.read(node, diagnostics) }
                if ValueKind<RawReading>.isReading(node) { return reading.read(node, diagnostics) }
                let keys = mapping.keys.compactMap(\.string)
                let section = sections.last { $0.keys.allSatisfy(keys.contains) } ?? sections[0]
                return section.kind.read(node, diagnostics)
            },
            schema: {
                .object([
                    ("anyOf", .array([word.schema(), reading.schema()] + sections.map { $0.kind.schema() }))
                ])
            },
            fallback: word.fallback)
    }

    /// What a section of keys does, by the keys that tell it from the first, which is meant if none of them do.
    private static var sections: [(keys: [String], kind: ValueKind<RawStep.Action>)] {
        let user = ValueKind<String>.reference("the name of a user").located
        let group = ValueKind<String>.reference("the name of a group").located
        let message = ValueKind<String>.reference("the name of a message").located
        func size(_ reader: SectionReader) -> UInt64 {
            reader.optional("size", .messageSize, default: "100B", "The size of the content.")
        }
        func name(_ reader: SectionReader) -> Located<String>? {
            reader.optional(
                "as", message,
                "The name of the message that tells of it. Default: what it does and to whom, `add-dave`.")
        }
        return [
            (
                [],
                .section { reader in
                    .send(
                        message: reader.required("send", message, "The message's name."),
                        to: reader.required("to", user, "Whom it is for."), contentBytes: size(reader))
                }
            ),
            (
                ["to_group"],
                .section { reader in
                    .sendToGroup(
                        message: reader.required("send", message, "The message's name."),
                        group: reader.required("to_group", group, "The group that it is for."),
                        contentBytes: size(reader))
                }
            ),
            (
                ["open_chat"],
                .section { reader in
                    .openChat(
                        with: reader.required(
                            "open_chat", user, "Opens a chat with a user, whose status is then shown."))
                }
            ),
            (
                ["add"],
                .section { reader in
                    .changeGroup(
                        RawStep.GroupChange(
                            group: reader.required("to_group", group, "The group."),
                            user: reader.required("add", user, "Who becomes a member."), adds: true, name: name(reader))
                    )
                }
            ),
            (
                ["remove"],
                .section { reader in
                    .changeGroup(
                        RawStep.GroupChange(
                            group: reader.required("from_group", group, "The group."),
                            user: reader.required("remove", user, "Who is no longer a member."), adds: false,
                            name: name(reader)))
                }
            ),
            (
                ["leave"],
                .section { reader in
                    .changeGroup(
                        RawStep.GroupChange(
                            group: reader.required("leave", group, "The group that the user leaves."), adds: false,
                            name: name(reader)))
                }
            ),
        ]
    }
}
