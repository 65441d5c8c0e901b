/// Where a model puts the events that it causes. There is one scheduler for each partition.
@frozen
public struct Scheduler: ~Copyable {
    @usableFromInline let partitioning: Partitioning
    @usableFromInline let partition: UInt32
    @usableFromInline let firstProcess: UInt32
    @usableFromInline var pending = PendingEventSet()
    /// Events for other partitions, by partition, until the end of the window. Other partitions take theirs side by side, so that
    /// each list is a variable of its own.
    @usableFromInline let outgoing: UnsafeMutablePointer<[Event]>
    /// How many events each process of the partition has caused.
    @usableFromInline var ordinals: [UInt64]
    /// The digest of what happened to each process of the partition.
    @usableFromInline var digests: [TraceDigest]
    /// Events for other partitions may not happen before this time, since those have run up to it.
    @usableFromInline var windowEndNanoseconds: UInt64 = 0
    /// How many events have happened.
    @usableFromInline var eventCount: UInt64 = 0

    init(partitioning: Partitioning, partition: UInt32) {
        let processes = partitioning.processes(of: partition)
        self.partitioning = partitioning
        self.partition = partition
        firstProcess = processes.lowerBound
        outgoing = .allocate(capacity: Int(partitioning.partitionCount))
        outgoing.initialize(repeating: [], count: Int(partitioning.partitionCount))
        ordinals = Array(repeating: 0, count: processes.count)
        digests = Array(repeating: TraceDigest(), count: processes.count)
    }

    @inlinable
    deinit {
        outgoing.deinitialize(count: Int(partitioning.partitionCount))
        outgoing.deallocate()
    }

    /// Makes an event happen.
    ///
    /// - Parameters:
    ///   - timeNanoseconds: When, in nanoseconds of virtual time.
    ///   - target: The process that it happens to.
    ///   - source: The process that causes it, one of this partition.
    ///   - kind: What kind of event it is.
    ///   - targetPort: The endpoint inside the target.
    ///   - sourcePort: The endpoint inside the source.
    ///   - payload: What it carries.
    /// - Precondition: An event for another partition happens no earlier than the lookahead from now.
    @inlinable
    public mutating func schedule(
        at timeNanoseconds: UInt64, target: UInt32, source: UInt32, kind: UInt16, targetPort: UInt32 = 0,
        sourcePort: UInt32 = 0, payload: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    ) {
        let index = Int(source - firstProcess)
        let event = Event(
            timeNanoseconds: timeNanoseconds, target: target, source: source, ordinal: ordinals[index], kind: kind,
            targetPort: targetPort, sourcePort: sourcePort, payload: payload)
        ordinals[index] += 1
        let targetPartition = partitioning.partition(of: target)
        if targetPartition == partition {
            pending.insert(event)
        } else {
            precondition(
                timeNanoseconds >= windowEndNanoseconds,
                "process \(source) reached process \(target) sooner than the lookahead allows")
            outgoing[Int(targetPartition)].append(event)
        }
    }

    /// Makes something that a process did, beyond handling its events, part of the digest.
    @inlinable
    public mutating func record(_ first: UInt64, _ second: UInt64, of process: UInt32) {
        digests[Int(process - firstProcess)].append(first, second)
    }
}
