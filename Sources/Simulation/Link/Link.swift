/// A kind of link between processes: how long a message takes, how many are lost, how many bytes pass in a second.
@frozen
public struct Link: Hashable, Sendable {
    /// The time from the last byte sent to the last byte received, in nanoseconds.
    public let latencyNanoseconds: Distribution
    /// How likely a message is lost.
    public let loss: Probability
    /// The bandwidth of one connection in one direction, in bytes per second; zero for no limit.
    public let bytesPerSecond: UInt64

    /// Describes a kind of link.
    public init(latencyNanoseconds: Distribution, loss: Probability, bytesPerSecond: UInt64) {
        self.latencyNanoseconds = latencyNanoseconds
        self.loss = loss
        self.bytesPerSecond = bytesPerSecond
    }

    /// The least time that a message takes.
    public var lookaheadNanoseconds: UInt64 { latencyNanoseconds.minimum }

    /// What a connection remembers of its past, in one direction. It begins as all zero.
    @frozen
    public struct State: Hashable, Sendable {
        /// When the sender has put the last byte of the last message on the wire.
        public var busyUntilNanoseconds: UInt64 = 0
        /// When the last message arrives. None that is sent later arrives earlier.
        public var lastArrivalNanoseconds: UInt64 = 0

        /// A connection that has carried nothing.
        public init() {}

        /// Whether nothing of the past can matter any more to what is sent at or after a time, so that the state may be
        /// forgotten.
        public func isIdle(atNanoseconds now: UInt64) -> Bool {
            busyUntilNanoseconds <= now && lastArrivalNanoseconds <= now
        }
    }

    /// Sends a message over a connection. What is lost takes its time on the wire all the same.
    ///
    /// - Parameters:
    ///   - bytes: The size of the message.
    ///   - nowNanoseconds: When it is sent; not before earlier calls for the same connection.
    ///   - delayNanoseconds: How much longer than usual it takes, in nanoseconds.
    ///   - heldUntilNanoseconds: It arrives no earlier than this.
    ///   - state: The connection's past.
    ///   - stream: Where loss and latency are drawn from, in this order.
    /// - Returns: When it arrives, in nanoseconds; nothing if it is lost.
    public func transmit(
        bytes: UInt32, nowNanoseconds: UInt64, delayNanoseconds: UInt64 = 0, heldUntilNanoseconds: UInt64 = 0,
        state: inout State, drawing stream: inout RandomStream
    ) -> UInt64? {
        let departure = max(nowNanoseconds, state.busyUntilNanoseconds) + wireNanoseconds(bytes: bytes)
        state.busyUntilNanoseconds = departure
        if loss.happens(drawing: &stream) { return nil }
        let arrival = max(
            departure + latencyNanoseconds.sample(drawing: &stream) + delayNanoseconds, heldUntilNanoseconds,
            state.lastArrivalNanoseconds)
        state.lastArrivalNanoseconds = arrival
        return arrival
    }

    /// How long the bytes take to pass, in nanoseconds, rounded up.
    public func wireNanoseconds(bytes: UInt32) -> UInt64 {
        guard bytesPerSecond > 0 else { return 0 }
        let product = UInt64(bytes) * 1_000_000_000
        return (product + bytesPerSecond - 1) / bytesPerSecond
    }
}
