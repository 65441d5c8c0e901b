internal import ErasureCoding

/// The sealed files of a storage server. What it logs is sealed piece by piece; each file is cut into fragments on different data nodes, and
/// read from time to time to see whether enough of them are left.
///
/// - `Archive+Placing.swift`: sealing, and fragments on their way to data nodes.
/// - `Archive+Reading.swift`: reading, checking and repairing.
///
/// A storage server answers its users from its own log and memory; what is here outlives the loss of that and of some data nodes.
public struct Archive: Sendable {
    /// A sealed file.
    struct SealedFile: Sendable {
        /// How many words it has.
        let wordCount: Int
        /// A hash over all of them, in order, taken when it was sealed.
        let checksum: UInt64
        /// The same of each fragment.
        let fragmentChecksums: [UInt64]
        /// The data nodes that have its fragments, in their order.
        var nodes: [UInt32]
    }

    /// What survives a crash: the disk.
    struct Durable: Sendable {
        /// What was logged since the last file was sealed.
        var open: [UInt64] = []
        /// The files.
        var files: [SealedFile] = []
        /// The words of files whose fragments are not all on data nodes yet, by number.
        var unplaced: [UInt32: [UInt64]] = [:]
    }

    /// What does not: the memory.
    struct Volatile: Sendable {
        /// Fragments that are being stored: the words of each, by the first part's name.
        var placing: [FragmentID: Placing] = [:]
        /// The file that is being read.
        var reading: ArchiveReading?
        /// The files that are to be read in this pass.
        var unread: Range<UInt32> = 0..<0
        /// Data nodes that did not answer.
        var suspects: Set<UInt32> = []
        /// Counts what timers may be stale about.
        var attemptCount: UInt32 = 0
    }

    /// A fragment on its way to a data node.
    struct Placing: Sendable {
        let words: [UInt64]
        var node: UInt32
        /// The parts that the node does not have yet.
        var parts: Set<UInt8>
        /// Whether it takes the place of a lost one.
        let isRepair: Bool
        var attempt: UInt32
    }

    /// For the figures of a run only.
    struct Counts: Sendable {
        var reads: UInt64 = 0
        var degradedReads: UInt64 = 0
        var corruptReads: UInt64 = 0
        var corruptFragments: UInt64 = 0
        var unreadable: UInt64 = 0
        var repaired: UInt64 = 0
        var repairBytesRead: UInt64 = 0
        var repairBytesWritten: UInt64 = 0
    }

    /// The most words of a part of a fragment.
    static let partWordsMax = 65_536

    let number: UInt32
    let placement: Placement
    let configuration: ReedSolomonConfiguration
    var durable = Durable()
    var volatile = Volatile()
    var counts = Counts()

    /// An empty archive of the storage server with this number.
    public init(number: UInt32, placement: Placement, configuration: ReedSolomonConfiguration) {
        self.number = number
        self.placement = placement
        self.configuration = configuration
    }

    /// A hash over words in order.
    static func checksum(_ words: [UInt64]) -> UInt64 { words.reduce(0) { StableHash.hash($0 ^ $1) } }

    /// How many parts a fragment of a file has.
    func partCount(of file: SealedFile) -> UInt8 {
        let words = configuration.code.fragmentWordCount(ofWords: file.wordCount)
        return UInt8((words + Self.partWordsMax - 1) / Self.partWordsMax)
    }

    func id(file: UInt32, fragment: Int, part: UInt8 = 0) -> FragmentID {
        FragmentID(server: UInt16(number), file: file, fragment: UInt8(fragment), part: part)
    }

    /// Reports what became of the files.
    func report(into metrics: inout Metrics) {
        typealias Figure = ArchiveFigures
        var sealed: UInt64 = 0
        var fragments: UInt64 = 0
        var count: UInt64 = 0
        for (number, file) in durable.files.enumerated() where durable.unplaced[UInt32(number)] == nil {
            count += 1
            sealed += UInt64(file.wordCount * 8)
            fragments += UInt64(
                configuration.code.fragmentWordCount(ofWords: file.wordCount) * configuration.code.fragmentCount * 8)
        }
        metrics.record(Figure.files, count)
        metrics.record(Figure.bytesSealed, sealed)
        metrics.record(Figure.overhead, sealed == 0 ? 0 : fragments * 1000 / sealed)
        metrics.record(Figure.reads, counts.reads)
        metrics.record(Figure.degradedReads, counts.degradedReads)
        metrics.record(Figure.corruptReads, counts.corruptReads)
        metrics.record(Figure.corruptFragments, counts.corruptFragments)
        metrics.record(Figure.unreadable, counts.unreadable)
        metrics.record(Figure.repaired, counts.repaired)
        metrics.record(Figure.repairBytesRead, counts.repairBytesRead)
        metrics.record(Figure.repairBytesWritten, counts.repairBytesWritten)
    }
}
