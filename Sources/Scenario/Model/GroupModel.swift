internal import Language

/// How the system handles messages to groups.
public struct GroupModel: Hashable, Sendable {
    /// In which order the messages of a group reach its members.
    public enum Order: Hashable, Sendable { case perThread, none }
    /// Who gets a message.
    public enum Membership: Hashable, Sendable { case ordered, unordered }

    /// The order of messages.
    public let order: Order
    /// Who gets a message.
    public let membership: Membership
}

/// A group that is listed by name.
public struct ListedGroupModel: Hashable, Sendable {
    /// The most members that a group may have at the start.
    public static let membersMax = 5000

    /// The name.
    public let name: String
    /// The members at the start, by number.
    public let members: [Int]
}

/// A group as it is written.
struct RawGroup {
    let members: [Located<String>]
}

extension ValueKind where Value == GroupModel {
    /// The section `system.groups`.
    static var groupModel: ValueKind {
        .section { reader in
            GroupModel(
                order: reader.optional(
                    "order", .choice([("per_thread", GroupModel.Order.perThread), ("none", .none)]),
                    default: "per_thread",
                    "`per_thread`: members are sent the messages of a group in one order; `none`: each on its own, so that one may overtake another."
                ),
                membership: reader.optional(
                    "membership", .choice([("ordered", GroupModel.Membership.ordered), ("unordered", .unordered)]),
                    default: "ordered",
                    "`ordered`: a message goes to the members at its place in the group's order; `unordered`: to the members when it is sent out."
                ))
        }
    }
}

extension ValueKind where Value == RawGroup {
    static var group: ValueKind {
        .section { reader in
            RawGroup(
                members: reader.required(
                    "members",
                    ValueKind<String>.reference("the name of a user").located.list(1...ListedGroupModel.membersMax),
                    "Who is in the group at the start."))
        }
    }
}
