internal import Chat
internal import Invariants
internal import Scenario

extension Assembly {
    /// How users learn whether their friends are online; nothing if they do not.
    static func presence(_ model: PresenceModel, friends: FriendGraph) -> PresenceConfiguration? {
        var configuration: PresenceConfiguration
        switch model.scheme {
        case .off: return nil
        case .naive: configuration = .naive(friends: friends)
        case .optimised:
            configuration = PresenceConfiguration(
                friends: friends, broadcastsOffline: false,
                broadcastDelayNanoseconds: model.delaysBroadcast ? model.broadcastDelayNanoseconds : 0,
                pullsOnStart: model.pullsOnStart, marksOfflineOnFailure: model.marksOfflineOnFailure,
                pullsOnNewChat: model.pullsOnNewChat,
                viewportPeriodNanoseconds: model.pullsViewport ? model.viewportPeriodNanoseconds : nil,
                viewportSize: Int(model.viewportSize))
        }
        configuration.keepsStatuses = model.keepsStatuses
        return configuration
    }

    /// How fast statuses must come right, whatever is switched off; nothing if nobody's status is shown.
    ///
    /// A status is right once a silent connection was found dead, a broadcast was made, the screen was looked after, and what that takes
    /// on the network has had time.
    static func presenceBounds(of scenario: Scenario) -> PresenceBounds? {
        let model = scenario.system.presence
        guard model.isOn else { return nil }
        let silence = scenario.system.heartbeatTimeoutNanoseconds + scenario.system.heartbeatPeriodNanoseconds
        let scheme =
            model.scheme == .naive ? 0 : model.broadcastDelayNanoseconds + model.viewportPeriodNanoseconds
        return PresenceBounds(
            staleNanoseconds: silence + scheme + scenario.settleNanoseconds,
            flapNanoseconds: model.broadcastDelayNanoseconds, lateNanoseconds: scenario.settleNanoseconds)
    }
}
