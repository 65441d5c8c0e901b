internal import Language

/// How the logs of storage servers are kept on data nodes.
public struct ReedSolomonModel: Hashable, Sendable {
    /// How many fragments hold the data.
    public let dataCount: UInt64
    /// How many fragments may be lost.
    public let parityCount: UInt64
    /// How many data nodes there are.
    public let dataNodeCount: UInt64
    /// From how many bytes on what was logged is sealed.
    public let sealBytes: UInt64
    /// How often sealed files are read and checked, in nanoseconds.
    public let scrubNanoseconds: UInt64
    /// Whether lost fragments are made anew.
    public let repairs: Bool
    /// How long a data node may take to answer, in nanoseconds.
    public let timeoutNanoseconds: UInt64
}

extension ValueKind where Value == ReedSolomonModel {
    /// The section `reed_solomon`.
    static var reedSolomon: ValueKind {
        .section { reader in
            let dataCount = reader.required("k", .integer(1...32), "How many fragments hold the data of a file.")
            let parityCount = reader.required("m", .integer(1...16), "How many more there are: so many may be lost.")
            let nodes = reader.required(
                "data_nodes", .integer(2...1000), "How many machines keep fragments; each has one of a file at most.")
            if nodes < dataCount + parityCount {
                reader.report(
                    "data_nodes",
                    "\(dataCount) + \(parityCount) fragments need as many data nodes; there are \(nodes)")
            }
            return ReedSolomonModel(
                dataCount: dataCount, parityCount: parityCount, dataNodeCount: max(nodes, dataCount + parityCount),
                sealBytes: reader.optional(
                    "seal", .size(64...64 << 20), default: "64KiB",
                    "How much a server logs before that is sealed as a file and cut into fragments."),
                scrubNanoseconds: reader.optional(
                    "scrub", .duration(10_000_000...86_400_000_000_000), default: "10s",
                    "How often every sealed file is read and compared with its checksum."),
                repairs: reader.optional(
                    "repair", .onOff, default: "on", "Whether lost fragments are made anew on other data nodes."),
                timeoutNanoseconds: reader.optional(
                    "timeout", .duration(1_000_000...3_600_000_000_000), default: "500ms",
                    "How long a data node may take to answer."))
        }
    }
}
