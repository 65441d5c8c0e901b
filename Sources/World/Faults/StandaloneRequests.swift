import Chat

/// Which messages are requests that stand for themselves: a proxy between the two sides may repeat one that it has no answer to, or send
/// one another way than the next.
///
/// What goes over a connection that stays open, in order and once as in TCP, is none: that of a device to its chat server, and what servers
/// stream to one another. A device asks a load balancer in a request of its own, and so it does with everything where no connection stays
/// open. Chat servers forward messages, and ask the storage or a cache, in one request each.
enum StandaloneRequests {
    /// Whether a message is one.
    ///
    /// - Parameter isPolled: Whether no connection between devices and chat servers stays open.
    static func contains(_ message: WireMessage, isPolled: Bool) -> Bool {
        switch message {
        case .resolve, .forward, .put, .load, .scan: true
        case .submit, .poll: isPolled
        default: false
        }
    }

    /// The port that the answer to a copy goes to. A proxy hands on one answer: where it is for one of several connections, that to the
    /// copy reaches none.
    static func port(ofCopyFrom port: UInt32, isFromServer: Bool) -> UInt32 {
        isFromServer && port > 0 ? port | 1 << 31 : port
    }
}
