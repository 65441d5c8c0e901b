internal import Simulation

/// The handler of PHOLD on the same number of pending events without any order: each event in turn, round and round. It is the limit
/// that an ordered run can approach on one thread.
///
/// It keeps of each process what the kernel keeps, in memory of the same kind. Plain, it waits for the memory of each event's process;
/// or it asks for that ahead, as the kernel does: which processes come next is known from the array, without sorting.
public struct UnorderedPhold {
    /// What is kept of a process beside the state of its handler.
    private struct Record {
        var ordinal: UInt64 = 0
        var digest = TraceDigest()
    }

    private let model: Phold
    private let events: LargeArray<Event>
    private let records: LargeArray<Record>
    private let isPrefetching: Bool
    private var next = 0

    /// How many events ahead of its turn an event's process is asked for.
    private static let eventsAhead = 16

    /// The processes and their first events.
    ///
    /// - Parameter isAskingAhead: Whether to ask for what is kept of a process some events before it is needed.
    public init(_ configuration: Phold.Configuration, isAskingAhead: Bool) {
        let processCount = configuration.processCount
        model = Phold(unordered: configuration)
        records = LargeArray(repeating: Record(), count: Int(processCount))
        isPrefetching = isAskingAhead && processCount > 8192
        let none = Event(timeNanoseconds: 0, target: 0, source: 0, ordinal: 0, kind: 1)
        events = LargeArray(repeating: none, count: Int(processCount) * Int(configuration.eventsPerProcess))
        for index in 0..<events.count {
            // Who comes first is random, as it is among events in the order of time.
            let sent = model.draw(UInt32(index % Int(processCount)))
            events[index] = Event(timeNanoseconds: 0, target: sent.target, source: 0, ordinal: 0, kind: 1)
        }
    }

    /// Lets a number of events happen.
    public mutating func run(eventCount: Int) {
        var index = next
        for _ in 0..<eventCount {
            if isPrefetching {
                let ahead = index + Self.eventsAhead
                let upcoming = events[ahead < events.count ? ahead : ahead - events.count].target
                records.prefetch(Int(upcoming))
                model.prefetch(upcoming)
            }
            let event = events[index]
            let process = Int(event.target)
            var record = records[process]
            record.digest.append(event)
            let sent = model.draw(event.target)
            events[index] = Event(
                timeNanoseconds: event.timeNanoseconds + sent.delayNanoseconds, target: sent.target,
                source: event.target, ordinal: record.ordinal, kind: 1)
            record.ordinal += 1
            records[process] = record
            index = index + 1 == events.count ? 0 : index + 1
        }
        next = index
    }

    /// A digest of all that happened, so that no work can be left out.
    ///
    /// - Complexity: O(processes).
    public var digest: UInt64 {
        (0..<records.count).reduce(0) { $0 ^ records[$1].digest.rawValue }
    }
}

extension Phold {
    /// All processes, without a scheduler.
    fileprivate init(unordered configuration: Configuration) {
        self.configuration = configuration
        firstProcess = 0
        states = LargeArray(repeating: 0, count: Int(configuration.processCount))
        for process in 0..<configuration.processCount {
            states[Int(process)] = RandomStream.word(seed: 1, component: process, purpose: 0, index: 0)
        }
    }
}
