/// A part of a fragment of a sealed file: a fragment that is larger than a message may carry travels in parts.
@frozen
public struct FragmentID: Hashable, Sendable {
    /// The storage server that sealed the file, from zero.
    public let server: UInt16
    /// Which of its files, from zero.
    public let file: UInt32
    /// Which fragment of the file, from zero.
    public let fragment: UInt8
    /// Which part of the fragment, from zero.
    public let part: UInt8

    /// Names a part of a fragment.
    public init(server: UInt16, file: UInt32, fragment: UInt8, part: UInt8) {
        self.server = server
        self.file = file
        self.fragment = fragment
        self.part = part
    }

    /// The name in one word.
    var word: UInt64 { UInt64(file) << 32 | UInt64(server) << 16 | UInt64(fragment) << 8 | UInt64(part) }

    init(word: UInt64) {
        self.init(
            server: UInt16(truncatingIfNeeded: word >> 16), file: UInt32(truncatingIfNeeded: word >> 32),
            fragment: UInt8(truncatingIfNeeded: word >> 8), part: UInt8(truncatingIfNeeded: word))
    }
}
