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
    @inlinable @inline(__always)
    public mutating func append(_ first: UInt64, _ second: UInt64) {
        state = Self.folded(state ^ first ^ 0xa076_1d64_78bd_642f, second ^ Self.rotated(state) ^ 0xe703_7ed1_a0b4_28db)
    }

    /// Appends an event: all 64 bytes of it. Three of the four products do not wait for the state.
    @inlinable @inline(__always)
    public mutating func append(_ event: Event) {
        let when = Self.folded(
            event.timeNanoseconds ^ 0x2d35_8dcc_aa6c_78a5,
            UInt64(event.target) << 32 | UInt64(event.source) ^ 0x8bb8_4b93_962e_acc9)
        let which = Self.folded(
            event.ordinalAndKind ^ 0x4b33_a62e_d433_d4a3,
            (UInt64(event.targetPort) << 32 | UInt64(event.sourcePort)) ^ 0x4d5a_2da5_1de1_aa47)
        let what =
            Self.folded(event.payload.0 ^ 0xa076_1d64_78bd_642f, event.payload.1 ^ 0xe703_7ed1_a0b4_28db)
            ^ Self.rotated(
                Self.folded(event.payload.2 ^ 0x8ebc_6af0_9c88_c6e3, event.payload.3 ^ 0x5899_65cc_7537_4cc3))
        append(when ^ Self.rotated(what), which &+ what)
    }

    /// The two halves of a product of 64 by 64 bits, combined.
    @inlinable
    static func folded(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }

    @inlinable
    static func rotated(_ word: UInt64) -> UInt64 { word &<< 29 | word &>> 35 }

    /// The digest as people and files write it: 16 hexadecimal digits.
    public var hexadecimal: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
