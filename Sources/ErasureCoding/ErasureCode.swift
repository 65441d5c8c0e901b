internal import CISAL

/// A systematic Reed-Solomon code over bytes, through ISA-L: `dataCount` fragments hold the data as it is, `parityCount` more are made
/// from them, and any `dataCount` of all give the rest.
///
/// The code is that of a Cauchy matrix over GF(2^8), every square part of which can be inverted. What comes out depends on the input alone,
/// whatever instructions of the processor the library picks.
public struct ErasureCode: Hashable, Sendable {
    /// The most fragments that there may be, of both kinds together.
    public static let fragmentsMax = 255

    /// How many fragments hold the data.
    public let dataCount: Int
    /// How many may be lost.
    public let parityCount: Int
    /// A row for each fragment, of what it is made from the data fragments by.
    private let matrix: [UInt8]

    /// A code.
    ///
    /// - Precondition: Both counts are positive and together at most ``fragmentsMax``.
    public init(dataCount: Int, parityCount: Int) {
        precondition(
            dataCount > 0 && parityCount > 0 && dataCount + parityCount <= Self.fragmentsMax,
            "a code of \(dataCount) + \(parityCount) fragments")
        self.dataCount = dataCount
        self.parityCount = parityCount
        var matrix = [UInt8](repeating: 0, count: (dataCount + parityCount) * dataCount)
        gf_gen_cauchy1_matrix(&matrix, Int32(dataCount + parityCount), Int32(dataCount))
        self.matrix = matrix
    }

    /// How many fragments there are.
    public var fragmentCount: Int { dataCount + parityCount }

    /// How many words each fragment of so many words has; the last ones are filled up with zeros.
    public func fragmentWordCount(ofWords count: Int) -> Int { (count + dataCount - 1) / dataCount }

    /// Cuts words into data fragments and makes the parity fragments.
    ///
    /// - Complexity: O(words x parityCount).
    public func encode(_ words: [UInt64]) -> [[UInt64]] {
        let length = fragmentWordCount(ofWords: words.count)
        let data = (0..<dataCount).map { index -> [UInt64] in
            let part = words.dropFirst(index * length).prefix(length)
            return Array(part) + Array(repeating: 0, count: length - part.count)
        }
        let rows = Array(matrix[(dataCount * dataCount)...])
        return data + combine(data, rows: rows, length: length)
    }

    /// Gives all fragments, of which some are lacking.
    ///
    /// - Parameter fragments: The fragments in order, nothing in place of those that are lost.
    /// - Returns: All of them; nothing if fewer than ``dataCount`` are there.
    /// - Precondition: There is a place for each fragment, and those that are there have the same length.
    public func reconstruct(_ fragments: [[UInt64]?]) -> [[UInt64]]? {
        precondition(fragments.count == fragmentCount, "\(fragments.count) of \(fragmentCount) fragments")
        let present = fragments.indices.filter { fragments[$0] != nil }.prefix(dataCount)
        guard present.count == dataCount else { return nil }
        let sources = present.map { fragments[$0] ?? [] }
        let length = sources[0].count
        precondition(sources.allSatisfy { $0.count == length }, "fragments have the same length")
        var square = present.flatMap { matrix[($0 * dataCount)..<(($0 + 1) * dataCount)] }
        var inverse = [UInt8](repeating: 0, count: square.count)
        guard gf_invert_matrix(&square, &inverse, Int32(dataCount)) == 0 else {
            preconditionFailure("every square part of a Cauchy matrix can be inverted")
        }
        let lost = fragments.indices.filter { fragments[$0] == nil }
        // A lost fragment is made from the data, and the data from those that are there.
        let rows = lost.flatMap { fragment in
            (0..<dataCount).map { column in
                (0..<dataCount).reduce(UInt8(0)) { sum, index in
                    sum ^ gf_mul(matrix[fragment * dataCount + index], inverse[index * dataCount + column])
                }
            }
        }
        let made = combine(sources, rows: rows, length: length)
        var all = fragments.map { $0 ?? [] }
        for (index, fragment) in zip(lost, made) { all[index] = fragment }
        return all
    }

    /// The words that data fragments hold.
    public func join(_ fragments: [[UInt64]], wordCount: Int) -> [UInt64] {
        Array(fragments.prefix(dataCount).joined().prefix(wordCount))
    }

    /// Multiplies rows of the matrix with fragments.
    private func combine(_ sources: [[UInt64]], rows: [UInt8], length: Int) -> [[UInt64]] {
        let count = rows.count / dataCount
        guard count > 0, length > 0 else { return Array(repeating: [], count: count) }
        var rows = rows
        var tables = [UInt8](repeating: 0, count: 32 * dataCount * count)
        ec_init_tables(Int32(dataCount), Int32(count), &rows, &tables)
        var input = sources.flatMap(\.self)
        var output = [UInt64](repeating: 0, count: count * length)
        let bytes = length * MemoryLayout<UInt64>.size
        input.withUnsafeMutableBytes { input in
            output.withUnsafeMutableBytes { output in
                var from = (0..<dataCount).map { pointer(input, $0 * bytes) }
                var to = (0..<count).map { pointer(output, $0 * bytes) }
                ec_encode_data(Int32(bytes), Int32(dataCount), Int32(count), &tables, &from, &to)
            }
        }
        return (0..<count).map { Array(output[($0 * length)..<(($0 + 1) * length)]) }
    }

    private func pointer(_ buffer: UnsafeMutableRawBufferPointer, _ offset: Int) -> UnsafeMutablePointer<UInt8>? {
        buffer.baseAddress?.advanced(by: offset).assumingMemoryBound(to: UInt8.self)
    }
}
