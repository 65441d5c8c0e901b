/// The figures about sealed files and their fragments.
enum ArchiveFigures {
    static let files = MetricDefinition(
        "replication.sealed_files", unit: "files", "Pieces of logs that were sealed and are on data nodes completely.")
    static let bytesSealed = MetricDefinition(
        "replication.sealed_bytes", unit: "bytes", "Bytes of those files.")
    static let bytesStored = MetricDefinition(
        "replication.fragment_bytes", unit: "bytes",
        "Bytes of fragments on the disks of all data nodes, lost ones included.")
    static let reads = MetricDefinition(
        "replication.reads", unit: "files", "Sealed files that were read from data nodes and have their checksum.")
    static let degradedReads = MetricDefinition(
        "replication.degraded_reads", unit: "files", "Those of them that were decoded, since data fragments were lost.")
    static let corruptReads = MetricDefinition(
        "replication.corrupt_reads", unit: "files", "Sealed files that were read and do not have their checksum.")
    static let corruptFragments = MetricDefinition(
        "replication.corrupt_fragments", unit: "fragments", "Fragments that were read and do not have their checksum.")
    static let unreadable = MetricDefinition(
        "replication.unreadable", unit: "reads", "Reads of sealed files of which too many fragments are lost.")
    static let repaired = MetricDefinition(
        "replication.fragments_repaired", unit: "fragments", "Fragments that were made anew on other data nodes.")
    static let repairBytesRead = MetricDefinition(
        "replication.repair_bytes_read", unit: "bytes", "Bytes of fragments that were read to make lost ones anew.")
    static let repairBytesWritten = MetricDefinition(
        "replication.repair_bytes_written", unit: "bytes", "Bytes of fragments that were made anew.")
    static let overhead = MetricDefinition(
        "replication.overhead", unit: "thousandths", combination: .greatest,
        "Bytes of the fragments of a sealed file over the bytes of the file, of the storage server with the most.")
}
