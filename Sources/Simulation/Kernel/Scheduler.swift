/// Where a model puts the events that it causes. There is one scheduler for each partition.
@frozen
public struct Scheduler: ~Copyable {
    @usableFromInline let partitioning: Partitioning
    @usableFromInline let partition: UInt32
    @usableFromInline let firstProcess: UInt32
    @usableFromInline var pending = PendingEventSet()
    /// Events for other partitions, until the end of the window.
    @usableFromInline var outbox: Outbox
    /// What the kernel keeps of each process of the partition.
    @usableFromInline let records: UnsafeMutablePointer<ProcessRecord>
    private let recordMemory: LargeMemory
    @usableFromInline let processCount: Int
    /// Whether there are so many processes that what is kept of them is not in the cache anyway.
    @usableFromInline let isPrefetching: Bool
    /// Events for other partitions may not happen before this time, since those have run up to it.
    @usableFromInline var windowEndNanoseconds: UInt64 = 0

    /// What the kernel keeps of a process, in one place, so that it takes one cache line.
    @frozen
    @usableFromInline
    struct ProcessRecord {
        /// How many events the process has caused.
        @usableFromInline var ordinal: UInt64 = 0
        /// The digest of what happened to it.
        @usableFromInline var digest = TraceDigest()

        @inlinable
        init() {}
    }

    init(partitioning: Partitioning, partition: UInt32) {
        let processes = partitioning.processes(of: partition)
        self.partitioning = partitioning
        self.partition = partition
        firstProcess = processes.lowerBound
        outbox = Outbox(partitionCount: Int(partitioning.partitionCount))
        processCount = processes.count
        isPrefetching = processCount > 8192
        recordMemory = LargeMemory(byteCount: max(1, processCount) * MemoryLayout<ProcessRecord>.stride)
        records = recordMemory.base.bindMemory(to: ProcessRecord.self, capacity: processCount)
        records.initialize(repeating: ProcessRecord(), count: processCount)
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
    @inlinable @inline(__always)
    public mutating func schedule(
        at timeNanoseconds: UInt64, target: UInt32, source: UInt32, kind: UInt16, targetPort: UInt32 = 0,
        sourcePort: UInt32 = 0, payload: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    ) {
        let index = indexOfRecord(of: source)
        let ordinal = records[index].ordinal
        records[index].ordinal = ordinal &+ 1
        if Int(target &- firstProcess) < processCount {
            pending.insert(
                timeNanoseconds: timeNanoseconds, target: target, source: source,
                ordinalAndKind: Event.packed(ordinal: ordinal, kind: kind), targetPort: targetPort,
                sourcePort: sourcePort,
                payload: payload)
        } else {
            sendOut(
                timeNanoseconds: timeNanoseconds, target: target, source: source, ordinal: ordinal, kind: kind,
                targetPort: targetPort, sourcePort: sourcePort, payload0: payload.0, payload1: payload.1,
                payload2: payload.2, payload3: payload.3)
        }
    }

    /// Puts an event for another partition out.
    @usableFromInline
    @inline(never)
    mutating func sendOut(
        timeNanoseconds: UInt64, target: UInt32, source: UInt32, ordinal: UInt64, kind: UInt16, targetPort: UInt32,
        sourcePort: UInt32, payload0: UInt64, payload1: UInt64, payload2: UInt64, payload3: UInt64
    ) {
        precondition(
            timeNanoseconds >= windowEndNanoseconds,
            "process \(source) reached process \(target) sooner than the lookahead allows")
        outbox.makeRoom(for: Int(partitioning.partition(of: target))).initialize(
            to: Event(
                timeNanoseconds: timeNanoseconds, target: target, source: source, ordinal: ordinal, kind: kind,
                targetPort: targetPort, sourcePort: sourcePort, payload: (payload0, payload1, payload2, payload3)))
    }

    /// Puts events that came from another partition among those that are pending.
    ///
    /// - Returns: The time of the first of them; the greatest number if there are none.
    mutating func accept(_ events: UnsafePointer<Event>, count: Int) -> UInt64 {
        var first = UInt64.max
        for position in 0..<count {
            // They are in the cache of the processor that put them out.
            Prefetch.line(of: events + position + 12)
            first = min(first, events[position].timeNanoseconds)
            pending.insert(events[position])
        }
        return first
    }

    /// Makes something that a process did, beyond handling its events, part of the digest.
    @inlinable
    public mutating func record(_ first: UInt64, _ second: UInt64, of process: UInt32) {
        records[indexOfRecord(of: process)].digest.append(first, second)
    }

    /// Lets the next of the events that are prepared happen, as far as the kernel is concerned, if it comes before a time.
    @inlinable @inline(__always)
    mutating func next(before limitNanoseconds: UInt64) -> UnsafeMutablePointer<Event>? {
        guard let event = pending.removeNext(before: limitNanoseconds) else { return nil }
        records[indexOfRecord(of: event.pointee.target)].digest.append(event.pointee)
        return event
    }

    /// Asks for what the kernel and the model keep of a process to which an event will happen soon.
    @inlinable @inline(__always)
    mutating func prefetchUpcoming(for model: borrowing some Model) {
        guard let process = pending.nextUpcomingTarget() else { return }
        Prefetch.line(of: records + indexOfRecord(of: process))
        model.prefetch(process)
    }

    @inlinable @inline(__always)
    func indexOfRecord(of process: UInt32) -> Int {
        let index = Int(process &- firstProcess)
        precondition(index < processCount, "process \(process) is in another partition")
        return index
    }
}
