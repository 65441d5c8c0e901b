/// Measures how long the components of a partition take to handle what they are handed: from the event to what is to be done in answer.
/// Neither the kernel's work before nor what the world does of the answer after is in it.
///
/// It keeps a sample of each, in the order of the events, which is the same in every run: so that runs can be held against each other event
/// by event. Nothing of it goes back into the world.
final class HandlerMeter {
    private let readNanoseconds: @Sendable () -> UInt64
    private var startNanoseconds: UInt64 = 0
    private(set) var samples: [HandlerSample] = []

    /// A meter by a clock that never runs backwards, in nanoseconds.
    init(readNanoseconds: @escaping @Sendable () -> UInt64) {
        self.readNanoseconds = readNanoseconds
    }

    /// A handler begins.
    func begin() {
        startNanoseconds = readNanoseconds()
    }

    /// The handler is done.
    func end(eventKind: UInt16, of component: Process.Component) {
        let end = readNanoseconds()
        guard let tier = ServerTier(component), let number = HandledKind.number(ofEventKind: eventKind) else { return }
        samples.append(
            HandlerSample(tier: tier, kindNumber: number, nanoseconds: UInt32(clamping: end - startNanoseconds)))
    }

    /// Takes out the samples so far.
    func take() -> [HandlerSample] {
        defer { samples = [] }
        return samples
    }
}

/// How long a server took to handle something.
public struct HandlerSample: Hashable, Sendable {
    /// The server's tier.
    public let tier: ServerTier
    /// What it handled, as ``HandledKind/number``.
    public let kindNumber: UInt16
    /// The time that was read from the clock, in nanoseconds, with what reading it takes; at most 4.29 s.
    public let nanoseconds: UInt32
}
