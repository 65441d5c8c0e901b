/// Where a model puts the events that it causes. There is one scheduler for each partition.
@frozen
public struct Scheduler: ~Copyable {
    @usableFromInline let partitioning: Partitioning
    @usableFromInline let partition: UInt32
    @usableFromInline let firstProcess: UInt32
    @usableFromInline var pending = PendingEventSet()
    /// What pending events carry beyond their payload.
    @usableFromInline var attachments = PayloadSlab()
    /// Events for other partitions, until the end of the window.
    @usableFromInline var outbox: Outbox
    /// What the kernel keeps of each process of the partition.
    @usableFromInline var records: UnsafeMutablePointer<ProcessRecord>
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
    ///   - kind: What kind of event it is, below 2^15.
    ///   - targetPort: The endpoint inside the target.
    ///   - sourcePort: The endpoint inside the source.
    ///   - payload: What it carries.
    /// - Precondition: An event for another partition happens no earlier than the lookahead from now.
    @inlinable @inline(__always)
    public mutating func schedule(
        at timeNanoseconds: UInt64, target: UInt32, source: UInt32, kind: UInt16, targetPort: UInt32 = 0,
        sourcePort: UInt32 = 0, payload: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    ) {
        precondition(kind < Event.attachmentBit, "a kind of event is below \(Event.attachmentBit)")
        put(
            at: timeNanoseconds, target: target, source: source, kind: kind, targetPort: targetPort,
            sourcePort: sourcePort, payload: payload)
    }

    /// Numbers an event of a process that will be scheduled later, or never, so that it is in the total order where it would be had it been
    /// scheduled now.
    @inlinable
    public mutating func reserveOrdinal(of process: UInt32) -> UInt64 {
        let index = indexOfRecord(of: process)
        let ordinal = records[index].ordinal
        records[index].ordinal = ordinal &+ 1
        return ordinal
    }

    /// Makes an event happen to the process that causes it, under a number that was reserved for it.
    ///
    /// - Parameters:
    ///   - timeNanoseconds: When, in nanoseconds of virtual time; not before now.
    ///   - process: The process.
    ///   - ordinal: The number, which no other event has.
    ///   - kind: What kind of event it is, below 2^15.
    ///   - port: The endpoint inside the process.
    ///   - payload: What it carries.
    @inlinable
    public mutating func schedule(
        at timeNanoseconds: UInt64, of process: UInt32, reserved ordinal: UInt64, kind: UInt16, port: UInt32,
        payload: (UInt64, UInt64, UInt64, UInt64)
    ) {
        precondition(kind < Event.attachmentBit, "a kind of event is below \(Event.attachmentBit)")
        precondition(ordinal < causedCount(of: process), "an event has a number that was not reserved")
        pending.insert(
            timeNanoseconds: timeNanoseconds, target: process, source: process,
            ordinalAndKind: Event.packed(ordinal: ordinal, kind: kind), targetPort: port, sourcePort: 0,
            payload: payload)
    }

    /// Numbers an event and puts it where it goes.
    @inlinable @inline(__always)
    mutating func put(
        at timeNanoseconds: UInt64, target: UInt32, source: UInt32, kind: UInt16, targetPort: UInt32,
        sourcePort: UInt32,
        payload: (UInt64, UInt64, UInt64, UInt64)
    ) {
        let ordinal = reserveOrdinal(of: source)
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

    /// Makes an event happen that carries words beyond its payload. They are copied, travel with the event from partition to
    /// partition, and are gone after it was handled.
    ///
    /// - Parameters:
    ///   - attachment: The words, 1 to 65,536.
    ///   - payload: What the event carries beside them.
    /// - Precondition: As for an event without attachment.
    public mutating func schedule(
        at timeNanoseconds: UInt64, target: UInt32, source: UInt32, kind: UInt16, targetPort: UInt32 = 0,
        sourcePort: UInt32 = 0, payload: (UInt64, UInt64, UInt64) = (0, 0, 0), attachment: UnsafeBufferPointer<UInt64>
    ) {
        precondition(kind < Event.attachmentBit, "a kind of event is below \(Event.attachmentBit)")
        let block: UInt32
        if Int(target &- firstProcess) < processCount {
            block = attachments.allocate(copying: attachment)
        } else {
            block = outbox.append(attachment, for: Int(partitioning.partition(of: target)))
        }
        put(
            at: timeNanoseconds, target: target, source: source, kind: kind | Event.attachmentBit,
            targetPort: targetPort,
            sourcePort: sourcePort,
            payload: (payload.0, payload.1, payload.2, UInt64(attachment.count) << 32 | UInt64(block)))
    }

    /// The words that an event carries beyond its payload; none if it carries none. They may be read while the event is handled.
    @inlinable @inline(__always)
    public func attachment(of event: Event) -> UnsafeBufferPointer<UInt64> {
        guard event.hasAttachment else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(
            start: attachments.words(of: event.attachmentBlock), count: event.attachmentWordCount)
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
    mutating func accept(_ list: borrowing OutgoingEvents) -> UInt64 {
        var first = UInt64.max
        let events = UnsafePointer(list.base)
        for position in 0..<list.count {
            // They are in the cache of the processor that put them out.
            Prefetch.line(of: events + position + 12)
            first = min(first, events[position].timeNanoseconds)
            if events[position].hasAttachment {
                let block = attachments.allocate(copying: list.attachment(of: events[position]))
                pending.insert(events[position].withAttachment(at: block))
            } else {
                pending.insert(events[position])
            }
        }
        return first
    }

    /// Makes something that a process did, beyond handling its events, part of the digest.
    @inlinable
    public mutating func record(_ first: UInt64, _ second: UInt64, of process: UInt32) {
        records[indexOfRecord(of: process)].digest.append(first, second)
    }

    /// How many events a process of this partition has caused, with those whose numbers are reserved.
    @inlinable
    public func causedCount(of process: UInt32) -> UInt64 {
        records[indexOfRecord(of: process)].ordinal
    }

    /// The digest of what a process of this partition did so far.
    public func digest(of process: UInt32) -> TraceDigest {
        records[indexOfRecord(of: process)].digest
    }

    /// Lets the next of the events that are prepared happen, as far as the kernel is concerned, if it comes before a time.
    @inlinable @inline(__always)
    mutating func next(before limitNanoseconds: UInt64) -> UnsafeMutablePointer<Event>? {
        guard let event = pending.removeNext(before: limitNanoseconds) else { return nil }
        if event.pointee.hasAttachment {
            appendToDigest(event.pointee)
        } else {
            records[indexOfRecord(of: event.pointee.target)].digest.append(event.pointee)
        }
        return event
    }

    /// Makes an event and what it carries part of the digest; where that lies is not.
    @usableFromInline
    @inline(never)
    mutating func appendToDigest(_ event: Event) {
        let index = indexOfRecord(of: event.target)
        let words = attachment(of: event)
        records[index].digest.append(event.withAttachment(at: 0))
        for position in stride(from: 0, to: words.count, by: 2) {
            records[index].digest.append(words[position], position + 1 < words.count ? words[position + 1] : 0)
        }
    }

    /// The event was handled: what it carried is gone.
    @usableFromInline
    mutating func releaseAttachment(block: UInt32, wordCount: Int) {
        attachments.release(block, wordCount: wordCount)
    }

    /// Asks for what the kernel and the model keep of the processes to which events will happen soon, and lets the model look at those events.
    @inlinable @inline(__always)
    mutating func lookAhead(for model: inout some Model) {
        let (records, firstProcess) = (records, firstProcess)
        pending.lookAhead { event, look in
            if look == 0 { Prefetch.line(of: records + Int(event.target &- firstProcess)) }
            model.prefetch(event, look: look)
        }
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
