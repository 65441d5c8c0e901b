internal import Chat
internal import Scenario
internal import World

extension Assembly {
    /// How groups are handled; nothing if a scenario has none.
    static func groups(_ scenario: Scenario) -> GroupConfiguration? {
        guard !scenario.groups.isEmpty else { return nil }
        let directory = GroupDirectory(members: scenario.groups.map { $0.members.map { UserID(UInt32($0)) } })
        let model = scenario.system.groups
        return GroupConfiguration(
            directory: directory, order: model.order == .perThread ? .perThread : .none,
            membership: model.membership == .ordered ? .ordered : .unordered)
    }

    /// What a step does that sends a message to a group.
    static func threadAction(_ step: ScriptStep) -> ScriptedAction.Action {
        switch step.action {
        case .sendToGroup(_, let group, let bytes):
            .sendToThread(
                ThreadPart(thread(group)), subject: UserID(UInt32(step.user)), contentBytes: UInt32(bytes))
        case .changeGroup(_, let group, let user, let adds):
            .sendToThread(
                ThreadPart(thread(group), adds ? .add : .remove), subject: UserID(UInt32(user)),
                contentBytes: changeBytes)
        case .send, .connect, .disconnect, .openChat, .read, .readRecent:
            preconditionFailure("the step sends nothing to a group")
        }
    }

    /// The size of a message that tells of a change of a group, in bytes: a short sentence.
    private static let changeBytes: UInt32 = 32

    /// The thread of a listed group.
    private static func thread(_ group: Int) -> ThreadID { ThreadID(UInt32(group) + 1) }
}
