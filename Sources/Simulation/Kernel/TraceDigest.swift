/// A running digest of what happened to one process: equal traces have equal digests, and a difference anywhere shows in
/// all that follows with probability 1 - 2^-64.
///
/// Words are mixed in by the multiplication of 64 by 64 bits whose halves are then combined, as in wyhash (Wang Yi). It is
/// a checksum, not a cryptographic hash.
@frozen
public struct TraceDigest: Hashable, Sendable {
    @usableFromInline var state: UInt64

    /// The digest so far.
    public var rawValue: UInt64 { state }

    /// The digest of an empty trace.
    @inlinable
    public init() {
        state = 0x9e37_79b9_7f4a_7c15
    }

    /// Appends two words.
    @inlinable
    public mutating func append(_ first: UInt64, _ second: UInt64) {
        let product = (state ^ first ^ 0xa076_1d64_78bd_642f)
            .multipliedFullWidth(by: second ^ state &* 0x8ebc_6af0_9c88_c6e3 ^ 0xe703_7ed1_a0b4_28db)
        state = (product.high ^ product.low) &+ (state &<< 29 | state &>> 35) &* 0x5899_65cc_7537_4cc3
    }

    /// Appends an event: all 64 bytes of it.
    @inlinable
    public mutating func append(_ event: Event) {
        append(event.timeNanoseconds, UInt64(event.target) << 32 | UInt64(event.source))
        append(event.ordinalAndKind, UInt64(event.targetPort) << 32 | UInt64(event.sourcePort))
        append(event.payload.0, event.payload.1)
        append(event.payload.2, event.payload.3)
    }

    /// The digest as people and files write it: 16 hexadecimal digits.
    public var hexadecimal: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
