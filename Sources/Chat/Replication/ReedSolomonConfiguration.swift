public import ErasureCoding

/// How the log of a storage server is kept on data nodes: piece by piece, each cut into fragments of which some may be lost.
public struct ReedSolomonConfiguration: Hashable, Sendable {
    /// The code.
    public let code: ErasureCode
    /// How many data nodes there are.
    public let dataNodeCount: UInt32
    /// From how many bytes on what was logged is sealed as a file.
    public let sealBytes: UInt64
    /// How often all sealed files are read and checked, in nanoseconds.
    public let scrubNanoseconds: UInt64
    /// Whether fragments that are lost are made anew on other data nodes.
    public let repairs: Bool
    /// How long a data node may take to answer, in nanoseconds.
    public let timeoutNanoseconds: UInt64

    /// Describes it; see the properties.
    ///
    /// - Precondition: Each fragment of a file can be on a data node of its own.
    public init(
        code: ErasureCode, dataNodeCount: UInt32, sealBytes: UInt64, scrubNanoseconds: UInt64, repairs: Bool,
        timeoutNanoseconds: UInt64
    ) {
        precondition(Int(dataNodeCount) >= code.fragmentCount, "fragments are on different data nodes")
        precondition(sealBytes > 0 && scrubNanoseconds > 0 && timeoutNanoseconds > 0)
        self.code = code
        self.dataNodeCount = dataNodeCount
        self.sealBytes = sealBytes
        self.scrubNanoseconds = scrubNanoseconds
        self.repairs = repairs
        self.timeoutNanoseconds = timeoutNanoseconds
    }
}
