/// What a message carries, in 32 bits: content of a size, or a reference to media in an object store and the size of those. The content
/// itself is represented by its size.
///
/// The media of a message are found by the message's identifier.
@frozen
public struct MessageContent: Hashable, Sendable {
    /// The highest bit tells that it is a reference; the others are the size.
    public let rawValue: UInt32

    /// The bytes of a reference: an identifier of 16, a key and a hash of 32 each, and a path of about 120.
    public static let referenceBytes: UInt32 = 200
    /// The greatest size: 31 bits, since one bit tells a reference.
    public static let bytesMax: UInt32 = (1 << 31) - 1

    /// Restores content from its bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Content that travels with the message. A size beyond ``bytesMax`` counts as that.
    @inlinable
    public init(bytes: UInt32) {
        rawValue = min(bytes, 0x7fff_ffff)
    }

    /// A reference to media of a size. A size beyond ``bytesMax`` counts as that.
    @inlinable
    public init(referringToBytes bytes: UInt32) {
        rawValue = 0x8000_0000 | min(bytes, 0x7fff_ffff)
    }

    /// The size of the media that it refers to, in bytes; nothing if the message carries its content itself.
    @inlinable
    public var mediaBytes: UInt32? { rawValue >> 31 == 0 ? nil : rawValue & 0x7fff_ffff }

    /// The bytes that travel with the message and are stored with it.
    @inlinable
    public var carriedBytes: UInt32 { rawValue >> 31 == 0 ? rawValue : Self.referenceBytes }
}
