/// What is the same for all chat servers where groups are concerned.
public struct GroupConfiguration: Hashable, Sendable {
    /// In which order a thread's messages reach the chat servers of its members.
    public enum Order: Hashable, Sendable, CaseIterable {
        /// In the order of their places: a chat server is sent what it has not answered for before anything later.
        case perThread
        /// Each on its own, as soon as it is stored. What is lost on the way is overtaken: a broadcast without a total order.
        case none
    }

    /// Who gets a message.
    public enum MembershipRule: Hashable, Sendable, CaseIterable {
        /// The members at its place in the thread: a change of the membership has a place as messages have.
        case ordered
        /// The members at the time at which it is sent out, and again when it is sent anew.
        case unordered
    }

    /// The threads at the start.
    public let directory: GroupDirectory
    /// The order of messages.
    public let order: Order
    /// Who gets a message.
    public let membership: MembershipRule

    /// How many messages of a thread its chat server keeps at hand, beyond those that it is not done with: a message that comes again
    /// is recognised among them.
    public static let recentEntriesMax = 128
    /// How many messages of a thread go to one chat server, or to the storage, at once.
    public static let batchEntriesMax = 64

    /// No threads.
    static let off = GroupConfiguration(directory: GroupDirectory(), order: .perThread, membership: .ordered)

    /// Makes a configuration.
    public init(directory: GroupDirectory, order: Order, membership: MembershipRule) {
        self.directory = directory
        self.order = order
        self.membership = membership
    }
}
