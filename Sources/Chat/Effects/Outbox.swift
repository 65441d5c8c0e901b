/// What a component wants done. Components perform nothing themselves: they are handed a message, a timer or a finished
/// sync, and append effects to an outbox. Whoever runs the component performs them in order.
@frozen
public enum Effect: Hashable, Sendable {
    /// Send a message from one of the component's own ports.
    case send(WireMessage, to: Address, fromPort: UInt32)
    /// The same with words that travel with the message: `wordCount` of ``Outbox/words``, from `firstWord` on.
    case sendAttached(WireMessage, to: Address, fromPort: UInt32, firstWord: UInt32, wordCount: UInt32)
    /// Hand the token back after this many nanoseconds of the component's own clock.
    case timer(TimerToken, afterNanoseconds: UInt64)
    /// Sync the component's log to its disk: `bytes` have been appended since the last sync began.
    case sync(bytes: UInt64)
    /// Read and write files of the component's disk in the background, and hand the token back when that is done. Syncs that are asked
    /// for later wait until then.
    case write(UInt64, bytes: UInt64, readBytes: UInt64)
    /// Tell the observers.
    case observe(Observation)
}

/// The effects of handling one input, in order. One outbox is used again and again, so that handling allocates nothing
/// once it has grown.
public struct Outbox: Sendable {
    /// The effects so far.
    public internal(set) var effects: [Effect] = []
    /// What messages carry beyond their own fields.
    public private(set) var words: [UInt64] = []
    /// What devices count here, since there are too many of them for each to count.
    public var clientTally = ClientTally()
    /// How many words a message may carry beyond its own fields.
    public static let attachmentWordsMax = 65_536

    /// An empty outbox.
    public init() {}

    /// Asks for a message to be sent.
    @inlinable
    public mutating func send(_ message: WireMessage, to address: Address, fromPort: UInt32 = 0) {
        append(.send(message, to: address, fromPort: fromPort))
    }

    /// Asks for a message to be sent together with words. Whoever runs the receiver hands it both.
    ///
    /// - Precondition: There are 1 to ``attachmentWordsMax`` words.
    public mutating func send(
        _ message: WireMessage, to address: Address, fromPort: UInt32 = 0, attachment: some Collection<UInt64>
    ) {
        precondition(
            (1...Self.attachmentWordsMax).contains(attachment.count), "an attachment of \(attachment.count) words")
        append(
            .sendAttached(
                message, to: address, fromPort: fromPort, firstWord: UInt32(words.count),
                wordCount: UInt32(attachment.count)))
        words.append(contentsOf: attachment)
    }

    /// Asks for a token to be handed back later.
    @inlinable
    public mutating func timer(_ token: TimerToken, afterNanoseconds: UInt64) {
        append(.timer(token, afterNanoseconds: afterNanoseconds))
    }

    /// Asks for the log to be synced.
    @inlinable
    public mutating func sync(bytes: UInt64) {
        append(.sync(bytes: bytes))
    }

    /// Asks for files to be written, or read, in the background.
    @inlinable
    public mutating func write(_ token: UInt64, bytes: UInt64, readBytes: UInt64 = 0) {
        append(.write(token, bytes: bytes, readBytes: readBytes))
    }

    /// Reports an observation.
    @inlinable
    public mutating func observe(_ observation: Observation) {
        append(.observe(observation))
    }

    /// Swaps the effects with those of an array, so that whoever performs them holds them alone.
    public mutating func exchangeEffects(with other: inout [Effect]) {
        swap(&effects, &other)
    }

    /// Forgets the effects and keeps the memory, and what was counted.
    public mutating func removeAll() {
        if !effects.isEmpty { effects.removeAll(keepingCapacity: true) }
        if !words.isEmpty { words.removeAll(keepingCapacity: true) }
    }

    @usableFromInline
    mutating func append(_ effect: Effect) {
        effects.append(effect)
    }
}
