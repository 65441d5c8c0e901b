/// Some of the servers of a tier, which are numbered from zero: one bit each.
public struct ServerSet: Hashable, Sendable {
    /// How many servers there may be.
    public let capacity: UInt32
    /// The bits, 64 servers in a word, the lowest number in the lowest bit. Bits beyond the capacity are zero.
    public private(set) var words: [UInt64]
    /// How many are in the set.
    public private(set) var count: UInt32

    /// All servers of a tier.
    public init(allOf capacity: UInt32) {
        self.capacity = capacity
        count = capacity
        words = Array(repeating: .max, count: Self.wordCount(capacity))
        if capacity % 64 != 0 { words[words.count - 1] = (1 << UInt64(capacity % 64)) - 1 }
    }

    /// No server of a tier.
    public init(noneOf capacity: UInt32) {
        self.capacity = capacity
        count = 0
        words = Array(repeating: 0, count: Self.wordCount(capacity))
    }

    /// The servers whose bits are set, as ``words`` has them.
    ///
    /// - Precondition: There are as many words as the capacity takes, and no bit beyond it is set.
    public init(words: some Collection<UInt64>, capacity: UInt32) {
        precondition(words.count == Self.wordCount(capacity), "\(capacity) servers are not \(words.count) words")
        self.capacity = capacity
        self.words = Array(words)
        count = words.reduce(0) { $0 + UInt32($1.nonzeroBitCount) }
        precondition(
            capacity % 64 == 0 || self.words.last.map { $0 >> UInt64(capacity % 64) == 0 } ?? true,
            "a bit stands for no server")
    }

    /// Whether a server is in the set.
    public func contains(_ server: UInt32) -> Bool {
        words[Int(server / 64)] >> UInt64(server % 64) & 1 != 0
    }

    /// Puts a server in.
    public mutating func insert(_ server: UInt32) {
        precondition(server < capacity, "there is no server \(server)")
        guard !contains(server) else { return }
        words[Int(server / 64)] |= 1 << UInt64(server % 64)
        count += 1
    }

    /// Takes a server out.
    public mutating func remove(_ server: UInt32) {
        precondition(server < capacity, "there is no server \(server)")
        guard contains(server) else { return }
        words[Int(server / 64)] &= ~(1 << UInt64(server % 64))
        count -= 1
    }

    /// The servers in the set, in order.
    public var servers: [UInt32] { (0..<capacity).filter(contains) }

    private static func wordCount(_ capacity: UInt32) -> Int { (Int(capacity) + 63) / 64 }
}
