/// How users learn whether their friends are online: what is the same for every chat server and every device.
///
/// The source design has five optimisations over telling all friends of every change at once; each can be chosen for itself.
public struct PresenceConfiguration: Hashable, Sendable {
    /// Who is whose friend.
    public var friends: FriendGraph
    /// Whether friends are told of a user who goes offline. Optimised, they find out by themselves.
    public var broadcastsOffline: Bool
    /// How long a user must be online before friends are told of it, in nanoseconds. Who goes offline before that was never shown.
    /// With zero they are told at once.
    public var broadcastDelayNanoseconds: UInt64
    /// Whether a device that starts asks for the status of all friends of its user.
    public var pullsOnStart: Bool
    /// Whether a device that is told that a recipient could not be reached shows that user as offline.
    public var marksOfflineOnFailure: Bool
    /// Whether a device asks for the status of a user with whom a chat is opened.
    public var pullsOnNewChat: Bool
    /// How often a device asks for the status of those that it shows, in nanoseconds; nothing if it never does.
    public var viewportPeriodNanoseconds: UInt64?
    /// How many friends are on the screen of a device: the first ones of the list. Beside them it shows the user of the chat that is open.
    public var viewportSize: Int
    /// Whether a device keeps whom it shows as online. One that does not counts the statuses that reach it, and asks as others do: about those
    /// on its screen when it is told to look (``Client/lookAtViewport(configuration:outbox:)``), and about the user of every chat, since it
    /// does not know which was open.
    public var keepsStatuses = true

    /// Puts a configuration together; see the properties.
    ///
    /// - Precondition: The period is not zero.
    public init(
        friends: FriendGraph, broadcastsOffline: Bool, broadcastDelayNanoseconds: UInt64, pullsOnStart: Bool,
        marksOfflineOnFailure: Bool, pullsOnNewChat: Bool, viewportPeriodNanoseconds: UInt64?, viewportSize: Int
    ) {
        precondition(viewportPeriodNanoseconds != 0, "a device that asks all the time does nothing else")
        self.friends = friends
        self.broadcastsOffline = broadcastsOffline
        self.broadcastDelayNanoseconds = broadcastDelayNanoseconds
        self.pullsOnStart = pullsOnStart
        self.marksOfflineOnFailure = marksOfflineOnFailure
        self.pullsOnNewChat = pullsOnNewChat
        self.viewportPeriodNanoseconds = viewportPeriodNanoseconds
        self.viewportSize = viewportSize
    }

    /// Every change is told to all friends at once, and nobody asks. Devices show all friends.
    public static func naive(friends: FriendGraph) -> PresenceConfiguration {
        PresenceConfiguration(
            friends: friends, broadcastsOffline: true, broadcastDelayNanoseconds: 0, pullsOnStart: false,
            marksOfflineOnFailure: false, pullsOnNewChat: false, viewportPeriodNanoseconds: nil, viewportSize: .max)
    }
}
