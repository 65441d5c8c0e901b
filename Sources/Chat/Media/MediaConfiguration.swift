/// How devices send large content: they put it into an object store, and the message refers to it.
public struct MediaConfiguration: Hashable, Sendable {
    /// The most bytes of content that travel with a message. More go by reference.
    public let inlineBytesMax: UInt32
    /// How many uploads and downloads a device has under way at once, at most.
    public let transfersMax: Int
    /// How long one may take before it counts as failed, in nanoseconds.
    public let timeoutNanoseconds: UInt64
    /// How long to wait after one that failed, and how many attempts to make.
    public let retry: RetryPolicy

    /// Makes a configuration.
    ///
    /// - Precondition: `transfersMax` is at least one.
    public init(inlineBytesMax: UInt32, transfersMax: Int, timeoutNanoseconds: UInt64, retry: RetryPolicy) {
        precondition(transfersMax >= 1, "a device that may transfer nothing at once never sends media")
        self.inlineBytesMax = inlineBytesMax
        self.transfersMax = transfersMax
        self.timeoutNanoseconds = timeoutNanoseconds
        self.retry = retry
    }

    /// What a message carries for content of a size.
    func content(ofBytes bytes: UInt32) -> MessageContent {
        bytes > inlineBytesMax ? MessageContent(referringToBytes: bytes) : MessageContent(bytes: bytes)
    }
}
