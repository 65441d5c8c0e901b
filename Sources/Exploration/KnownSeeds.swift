/// What became of seeds that an earlier search has run, so that they need not be run again.
public struct KnownSeeds: Sendable {
    /// The seeds: ranges that are not empty and do not touch, in ascending order.
    public let ranges: [Range<UInt64>]
    private let lookup: @Sendable (UInt64) throws -> SeedRecord

    /// No seed.
    public static let none = KnownSeeds(ranges: []) { preconditionFailure("seed \($0) is not known") }

    /// Knows the seeds of some ranges.
    ///
    /// - Parameters:
    ///   - ranges: Ranges that are not empty and do not touch, in ascending order.
    ///   - lookup: What became of a seed of these ranges. It is asked one seed at a time, in ascending order.
    public init(ranges: [Range<UInt64>], lookup: @escaping @Sendable (UInt64) throws -> SeedRecord) {
        self.ranges = ranges
        self.lookup = lookup
    }

    /// Knows the seeds of some records, of which there is one for each seed.
    public init(_ records: [SeedRecord]) {
        let bySeed = Dictionary(uniqueKeysWithValues: records.map { ($0.outcome.seed, $0) })
        var ranges: [Range<UInt64>] = []
        for seed in bySeed.keys.sorted() { Self.extend(&ranges, by: seed) }
        self.init(ranges: ranges) { seed in
            guard let record = bySeed[seed] else { preconditionFailure("seed \(seed) is not known") }
            return record
        }
    }

    /// Adds a seed behind the last of some ranges.
    public static func extend(_ ranges: inout [Range<UInt64>], by seed: UInt64) {
        if let last = ranges.last, last.upperBound == seed {
            ranges[ranges.count - 1] = last.lowerBound..<seed + 1
        } else {
            ranges.append(seed..<seed + 1)
        }
    }

    /// Whether a seed is known.
    ///
    /// - Complexity: O(log number of ranges).
    public func contains(_ seed: UInt64) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= seed { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(seed)
    }

    /// The first known seed among some.
    func first(in seeds: Range<UInt64>) -> UInt64? {
        ranges.lazy.map { $0.clamped(to: seeds) }.first { !$0.isEmpty }?.lowerBound
    }

    /// What became of a known seed; seeds are to be asked for in ascending order.
    public func record(of seed: UInt64) throws -> SeedRecord {
        try lookup(seed)
    }
}

/// A seed gives something else now than it gave when it became known, so that this is another program.
public struct KnownSeedDiffers: Error, Hashable, CustomStringConvertible {
    /// The seed.
    public let seed: UInt64
    /// The digest that it gave.
    public let known: String
    /// The digest that it gives.
    public let digest: String

    /// What is wrong.
    public var description: String {
        "seed \(seed) gave digest \(known) and gives \(digest) now, though scenario and version are the same: "
            + "what was stored came from another build"
    }
}
