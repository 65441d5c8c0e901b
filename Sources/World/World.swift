public import Chat
public import Simulation

/// A chat system with its users, its network and its faults, in simulated time.
///
/// The world runs up to a time, then hands out what was observed before it, and so on. Neither the digest nor the order of
/// observations depends on how often it stops or on how many partitions it is cut into.
public final class World {
    /// Which process is what.
    public let processTable: ProcessTable
    private let kernel: Kernel<WorldModel>
    private var reachedNanoseconds: UInt64 = 0
    /// What is to be handed out.
    private var order: ObservationOrder

    /// Why a world cannot be run as asked.
    public enum SetupError: Error, Hashable {
        /// Messages may take no time on a kind of link, so that partitions cannot run side by side.
        case noLookahead(link: String)
        /// Whoever watched the building wanted it to stop.
        case stopped(BuildingProgress)
    }

    /// Builds a world.
    ///
    /// - Parameters:
    ///   - configuration: What it is made from.
    ///   - partitionCount: Into how many partitions to cut it.
    ///   - threadCount: How many threads run the partitions.
    ///   - recordsTrace: Whether to keep every message for those who want to see it.
    ///   - recordsEvents: Whether to keep every event with what was done in answer, for those who want to know what caused what.
    ///   - logsEvents: Whether to keep every event for those who want to compare runs.
    ///   - keepsObservations: Whether to keep what components observe until it is handed out. Where nobody asks, it costs a branch.
    ///   - meterClock: A clock of the machine in nanoseconds, by which to measure how long components take, for those who want to know that.
    ///   - whileBuilding: Is told how far the building has got, now and then, from one of the threads at a time, and says whether to go on.
    /// - Throws: ``SetupError`` if there are several partitions and a link may take no time, or if the building was stopped.
    public init(
        _ configuration: WorldConfiguration, partitionCount: UInt32 = 1, threadCount: Int = 1,
        recordsTrace: Bool = false, recordsEvents: Bool = false, logsEvents: Bool = false,
        keepsObservations: Bool = true, meterClock: (@Sendable () -> UInt64)? = nil,
        whileBuilding: ((BuildingProgress) -> Bool)? = nil
    ) throws {
        let table = ProcessTable(configuration)
        processTable = table
        let partitioning = Partitioning(processCount: table.count, partitionCount: partitionCount)
        let linkFaults = LinkFaultTable(configuration.linkFaults, processes: table)
        let lastMile = configuration.lastMile.lookaheadNanoseconds
        let dataCenter = configuration.dataCenter.lookaheadNanoseconds
        let building = whileBuilding.map {
            WorldBuilding(configuration, processTotal: Int(table.count), shouldGoOn: $0)
        }
        do {
            kernel = try Kernel(
                partitioning: partitioning, lookaheadNanoseconds: min(lastMile, dataCenter), threadCount: threadCount
            ) { processes, scheduler in
                WorldModel(
                    configuration, processTable: table, linkFaults: linkFaults, processes: processes,
                    recordsTrace: recordsTrace, recordsEvents: recordsEvents, logsEvents: logsEvents,
                    keepsObservations: keepsObservations, meter: meterClock.map(HandlerMeter.init),
                    building: building, scheduler: &scheduler)
            }
        } catch Kernel<WorldModel>.SetupError.noLookahead {
            throw SetupError.noLookahead(link: lastMile == 0 ? "network.last_mile" : "network.data_center")
        }
        var finished: [FinishedObservations] = []
        kernel.forEachModel { if let observations = $0.observations { finished.append(observations.finished) } }
        order = ObservationOrder(of: finished)
        if let building, building.isStopped { throw SetupError.stopped(building.progress) }
    }

    /// Lets everything before a time happen, and hands out the observations before it in their total order, if they are kept.
    ///
    /// - Parameters:
    ///   - limitNanoseconds: The time to run up to; not before an earlier one.
    ///   - observe: Is given each observation, from one of the threads at a time.
    public func run(before limitNanoseconds: UInt64, observe: (Observation) -> Void = { _ in }) {
        precondition(limitNanoseconds >= reachedNanoseconds, "virtual time does not run backwards")
        kernel.run(before: limitNanoseconds) { order.handOut(window: $0, observe) }
        reachedNanoseconds = limitNanoseconds
    }

    /// Asks every component what it still holds, and hands that out.
    public func reportHeld(observe: (Observation) -> Void) {
        let now = reachedNanoseconds
        kernel.forEachModelSideBySide { $0.reportHeld(atNanoseconds: now) }
        kernel.forEachModel { _ = $0.endWindow(0, before: now + 1) }
        order.handOut(window: 0, observe)
    }

    /// The digest of everything that happened.
    public var digest: TraceDigest { kernel.digest }

    /// How many events have happened.
    public var eventCount: UInt64 { kernel.eventCount }

    /// What the connections take, in bytes: in the tables of chat servers, and on devices, awake or at rest.
    public var connectionBytes: (tables: Int, devices: Int) {
        var bytes = (tables: 0, devices: 0)
        kernel.forEachModel { model in
            for server in model.chatServers { bytes.tables += server.connectionBytes }
            for block in model.blocks { bytes.devices += block.clients.bytes }
        }
        return bytes
    }

    /// How many connections the chat servers hold.
    public var connectionCount: Int {
        var count = 0
        kernel.forEachModel { count += $0.connectionCount }
        return count
    }

    /// The figures that the components report.
    public var metrics: Metrics {
        var metrics = Metrics()
        var recovery = RecoveryTally()
        var mayLoseConnections = false
        kernel.forEachModel { model in
            metrics.merge(model.metrics(elapsedNanoseconds: reachedNanoseconds))
            recovery.merge(model.outbox.clientTally.recovery)
            mayLoseConnections = model.configuration.mayLoseConnections
        }
        // Unlike other figures, these are not sums or extremes of those of partitions.
        if mayLoseConnections { recovery.report(into: &metrics) }
        return metrics
    }

    /// What the machines of the servers have done, in the order of the processes.
    public var hostUsage: [HostUsage] {
        var usage: [HostUsage] = []
        kernel.forEachModel { usage += $0.hostUsage() }
        return usage
    }

    /// What happened before the time that the world has reached, in order, if it was recorded.
    public var trace: [TraceEntry] {
        var entries: [(index: Int, entry: TraceEntry)] = []
        kernel.forEachModel { model in
            for entry in model.trace ?? [] where entry.timeNanoseconds < reachedNanoseconds {
                entries.append((entries.count, entry))
            }
        }
        entries.sort {
            ($0.entry.timeNanoseconds, $0.entry.process, $0.index) < (
                $1.entry.timeNanoseconds, $1.entry.process, $1.index
            )
        }
        return entries.map(\.entry)
    }

    /// Takes the events that happened since the last time, in no order, if they are logged.
    public func takeEventLog() -> [HandledEvent] {
        var events: [HandledEvent] = []
        kernel.forEachModel { model in
            guard let log = model.eventLog else { return }
            events += log
            model.eventLog?.removeAll(keepingCapacity: true)
        }
        return events
    }

    /// Takes the samples of how long components took since the last time, if that is measured, partition by partition.
    public func takeHandlerSamples() -> [HandlerSample] {
        var samples: [HandlerSample] = []
        kernel.forEachModel { samples += $0.meter?.take() ?? [] }
        return samples
    }

    /// Takes the events that happened since the last time, in their total order, with what was done in answer, if they are recorded. Of
    /// a world of one partition it is the order in which they were handled, also where messages take no time.
    public func takeRecording() -> [RecordedEvent] {
        var parts: [[RecordedEvent]] = []
        kernel.forEachModel { model in
            guard let events = model.recorder?.take() else { return }
            parts.append(events)
            model.trace?.removeAll(keepingCapacity: true)
        }
        if parts.count == 1 { return parts[0] }
        return parts.joined().sorted { $0.event.precedes($1.event) }
    }
}
