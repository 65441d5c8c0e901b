/// How the processes of a world are cut into partitions (logical processes in the terms of parallel simulation): each
/// partition has a run of consecutive process numbers.
@frozen
public struct Partitioning: Hashable, Sendable {
    /// The number of processes, numbered from zero.
    public let processCount: UInt32
    /// The number of partitions, at least one and at most one for each process.
    public let partitionCount: UInt32

    /// Cuts `processCount` processes into `partitionCount` parts whose sizes differ by at most one. If there are more parts
    /// than processes, there is one part for each.
    ///
    /// - Precondition: Neither is zero.
    public init(processCount: UInt32, partitionCount: UInt32) {
        precondition(processCount > 0 && partitionCount > 0, "a world has a process and a partition")
        self.processCount = processCount
        self.partitionCount = min(partitionCount, processCount)
    }

    /// The partition that a process is in.
    @inlinable
    public func partition(of process: UInt32) -> UInt32 {
        // The inverse of firstProcess(of:), which rounds up: p is the greatest with ceil(p * n / k) <= process.
        UInt32((UInt64(process) * UInt64(partitionCount)) / UInt64(processCount))
    }

    /// The processes of a partition.
    public func processes(of partition: UInt32) -> Range<UInt32> {
        firstProcess(of: partition)..<firstProcess(of: partition + 1)
    }

    private func firstProcess(of partition: UInt32) -> UInt32 {
        let product = UInt64(partition) * UInt64(processCount)
        return UInt32((product + UInt64(partitionCount) - 1) / UInt64(partitionCount))
    }
}
