/// How devices and their chat servers keep in touch.
public struct ConnectionConfiguration: Hashable, Sendable {
    /// Who speaks first.
    public enum Model: Hashable, Sendable {
        /// A connection stays open: either side sends when it has something to say, and heartbeats tell that both are alive.
        case websocket
        /// A device always has one request outstanding. The chat server holds it until it has something for the device, at most
        /// for this long.
        case longPoll(holdNanoseconds: UInt64)
        /// A device asks, is answered at once, perhaps with nothing, and asks again this long after the answer.
        case poll(periodNanoseconds: UInt64)
    }

    /// Who speaks first.
    public let model: Model
    /// How long the answer to a request for rows may be under way, beyond the time for which it is held, in nanoseconds.
    public let answerTimeoutNanoseconds: UInt64
    /// The bytes of HTTP headers that every request of a device and every answer to it carries.
    public let headerBytes: UInt32

    /// A connection that stays open.
    public static let websocket = ConnectionConfiguration(
        model: .websocket, answerTimeoutNanoseconds: 0, headerBytes: 0)

    /// Describes how devices and chat servers keep in touch. A connection that stays open needs neither the time-out nor headers.
    public init(model: Model, answerTimeoutNanoseconds: UInt64, headerBytes: UInt32) {
        self.model = model
        self.answerTimeoutNanoseconds = answerTimeoutNanoseconds
        self.headerBytes = headerBytes
    }

    /// Whether devices ask for what is new, rather than being sent it.
    public var isPolled: Bool { model != .websocket }

    /// How long a device waits for the answer to a request for rows, in nanoseconds.
    var requestTimeoutNanoseconds: UInt64 {
        guard case .longPoll(let hold) = model else { return answerTimeoutNanoseconds }
        return hold + answerTimeoutNanoseconds
    }

    /// The bytes that a message between a device and a server takes: HTTP headers stand in place of the header of a frame.
    public func sizeBytes(of message: WireMessage) -> UInt32 {
        guard isPolled else { return message.sizeBytes }
        let bytes = UInt64(message.sizeBytes - WireMessage.frameHeaderBytes) + UInt64(headerBytes)
        return UInt32(clamping: bytes)
    }
}
