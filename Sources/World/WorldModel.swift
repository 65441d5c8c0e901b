import Chat
import Simulation

/// The components of one partition and the processes that run them: the only interpreter of what components want done.
///
/// - `WorldModel+Setup.swift` builds components and schedules what the configuration has them do.
/// - `WorldModel+Effects.swift` performs what components want done.
/// - `WorldModel+Timeouts.swift` keeps time-outs that hardly ever strike from being events.
/// - `WorldModel+Faults.swift` lets servers crash, come back and limp; `WorldModel+Losses.swift` lets devices lose their connections with them.
struct WorldModel: Model {
    let configuration: WorldConfiguration
    /// What the chat servers of the partition share.
    let chatServerConfiguration: Shared<ChatServerConfiguration>
    let balancing: Shared<BalancingConfiguration>
    /// What the blocks of each population share.
    let populations: [PopulationContext]
    /// What machines that are alike share.
    var hostConfigurations: [HostConfiguration: Shared<HostConfiguration>] = [:]
    let processTable: ProcessTable
    let linkFaults: LinkFaultTable
    let firstProcess: UInt32
    var processes = Rows<Process>()
    var loadBalancers = Rows<LoadBalancer>()
    var chatServers = Rows<ChatServer>()
    var storageServers = Rows<StorageServer>()
    var coordinators = Rows<ShardCoordinator>()
    var dataNodes = Rows<DataNode>()
    var cacheServers = Rows<CacheServer>()
    var objectStores = Rows<ObjectStore>()
    var devices = Rows<Client>()
    var blocks = Rows<ClientBlock>()
    /// Whether the partition's state is much larger than a cache, so that it pays to ask for it ahead.
    let looksAhead: Bool
    var outbox = Outbox()
    var traffic = Traffic()
    /// What components observed, if anyone asks for it.
    var observations: ObservationBuffer?
    /// What happened, if anyone wants to see it.
    var trace: [TraceEntry]?
    /// Every event, if anyone wants to compare runs.
    var eventLog: [HandledEvent]?
    /// Every event with what was done in answer, if anyone wants to know what caused what.
    var recorder: EventRecorder?
    /// Measures what components take in real time, if anyone wants to know.
    let meter: HandlerMeter?

    /// Builds the components of a range of processes and schedules what the configuration has them do; a part of that if the building stops.
    init(
        _ configuration: WorldConfiguration, processTable: ProcessTable, linkFaults: LinkFaultTable,
        processes range: Range<UInt32>, recordsTrace: Bool, recordsEvents: Bool, logsEvents: Bool,
        keepsObservations: Bool, meter: HandlerMeter?, building: WorldBuilding?, scheduler: inout Scheduler
    ) {
        self.configuration = configuration
        chatServerConfiguration = Shared(configuration.chatServer)
        balancing = Shared(configuration.balancing)
        populations = configuration.populations.enumerated().map { number, population in
            PopulationContext(
                population, firstUser: processTable.firstUser(ofPopulation: number), configuration: configuration,
                placement: processTable.placement)
        }
        self.processTable = processTable
        self.linkFaults = linkFaults
        firstProcess = range.lowerBound
        trace = recordsTrace || recordsEvents ? [] : nil
        recorder = recordsEvents ? EventRecorder() : nil
        eventLog = logsEvents ? [] : nil
        observations = keepsObservations ? ObservationBuffer() : nil
        self.meter = meter
        looksAhead = configuration.populations.reduce(0) { $0 + UInt64($1.userCount) } >= Self.largeUserCount
        for number in range {
            addProcess(number)
            scheduleStart(of: number, scheduler: &scheduler)
            guard let building else { continue }
            if case .block = processes[processes.count - 1].component {
                building.addProcess(deviceCount: blocks[blocks.count - 1].clients.count)
            } else {
                building.addProcess(deviceCount: 0)
            }
            if building.isStopped { return }
        }
        openConnections(building: building, scheduler: &scheduler)
        if building?.isStopped == true { return }
        scheduleScript(range, scheduler: &scheduler)
        scheduleCrashes(range, scheduler: &scheduler)
        scheduleHostFaults(range, scheduler: &scheduler)
        scheduleConnectionFaults(range, scheduler: &scheduler)
        scheduleConnectionLosses(range, scheduler: &scheduler)
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        guard eventLog != nil || recorder != nil else { return answer(event, scheduler: &scheduler) }
        let causedBefore = scheduler.causedCount(of: event.target)
        let entryCount = trace?.count ?? 0
        recorder?.begin(event, causedBefore: causedBefore)
        answer(event, scheduler: &scheduler)
        recorder?.end(trace?[entryCount...] ?? [])
        eventLog?.append(HandledEvent(event, causedBefore: causedBefore, scheduler: scheduler))
    }

    private mutating func answer(_ event: Event, scheduler: inout Scheduler) {
        let index = Int(event.target - firstProcess)
        switch event.kind {
        case EventKind.crash: crash(event)
        case EventKind.restart: restart(event, scheduler: &scheduler)
        case EventKind.hostFault: sufferHostFault(event)
        case EventKind.connectionFault: breakConnections(event, scheduler: &scheduler)
        case EventKind.connectionLoss: loseConnections(event, scheduler: &scheduler)
        default:
            guard processes[index].isUp,
                !EventKind.isOfOneLife(event.kind)
                    || UInt32(truncatingIfNeeded: event.payload.1) == processes[index].incarnation
            else {
                trace?.append(
                    TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .dropped))
                return
            }
            let isTimeout =
                event.timerToken != nil && processes[index].timeouts.remove(ordinal: event.ordinal)
            guard let turn = processes[index].admit(atNanoseconds: event.timeNanoseconds, kind: event.kind) else {
                trace?.append(
                    TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .dropped))
                if isTimeout { scheduleNextTimeout(of: event.target, scheduler: &scheduler) }
                return
            }
            recorder?.admitted(startNanoseconds: turn.startNanoseconds, finishNanoseconds: turn.finishNanoseconds)
            let local = processes[index].clock.reading(atNanoseconds: turn.startNanoseconds)
            meter?.begin()
            dispatch(event, localNanoseconds: local, scheduler: &scheduler)
            meter?.end(eventKind: event.kind, of: processes[index].component)
            perform(
                of: event.target, port: event.targetPort, nowNanoseconds: event.timeNanoseconds,
                departureNanoseconds: turn.finishNanoseconds, scheduler: &scheduler)
            if isTimeout { scheduleNextTimeout(of: event.target, scheduler: &scheduler) }
        }
    }

    /// Lets every component report what it still holds.
    mutating func reportHeld(atNanoseconds now: UInt64) {
        for index in processes.indices {
            switch processes[index].component {
            case .loadBalancer, .coordinator, .dataNode: continue
            case .chatServer(let number): chatServers[number].reportHeld(outbox: &outbox)
            case .storageServer(let number): storageServers[number].reportHeld(outbox: &outbox)
            case .cacheServer(let number): cacheServers[number].reportHeld(outbox: &outbox)
            case .objectStore(let number): objectStores[number].reportHeld(outbox: &outbox)
            case .device(let number): devices[number].reportHeld(outbox: &outbox)
            case .block(let number):
                blocks[number].clients.forEachAwake { $0.reportHeld(outbox: &outbox) }
            }
            for case .observe(let observation) in outbox.effects {
                append(observation, of: index, atNanoseconds: now)
            }
            outbox.removeAll()
        }
    }

    /// What each server's machine has done, in the order of the processes.
    func hostUsage() -> [HostUsage] {
        processes.indices.compactMap { index in
            guard let host = processes[index].host else { return nil }
            return HostUsage(
                process: firstProcess + UInt32(index), cores: host.configuration.value.cores,
                busyNanoseconds: host.processors.busyNanoseconds, waitedNanoseconds: host.processors.waitedNanoseconds,
                admittedCount: host.processors.admittedCount, syncCount: host.disk.syncCount,
                writtenBytes: host.disk.writtenBytes)
        }
    }

    /// The figures that the components of the partition report.
    ///
    /// - Parameter elapsed: How long the run has lasted, in nanoseconds.
    func metrics(elapsedNanoseconds elapsed: UInt64) -> Metrics {
        var metrics = Metrics()
        traffic.report(into: &metrics)
        outbox.clientTally.report(into: &metrics, configuration: configuration.client)
        for balancer in loadBalancers { balancer.report(into: &metrics) }
        for server in chatServers {
            server.report(into: &metrics)
            server.reportStorePath(elapsedNanoseconds: elapsed, into: &metrics)
            if configuration.client.pages != nil { server.reportPages(into: &metrics) }
        }
        for coordinator in coordinators { coordinator.report(into: &metrics) }
        for server in storageServers {
            server.reportShards(into: &metrics)
            server.report(into: &metrics)
        }
        for node in dataNodes { node.report(into: &metrics) }
        for server in cacheServers { server.report(elapsedNanoseconds: elapsed, into: &metrics) }
        for store in objectStores { store.report(into: &metrics) }
        return metrics
    }

    /// The number of open connections that the chat servers know of.
    var connectionCount: Int { chatServers.reduce(0) { $0 + $1.connectionCount } }
}

// MARK: - Handling

extension WorldModel {
    private mutating func dispatch(_ event: Event, localNanoseconds: UInt64, scheduler: inout Scheduler) {
        let source = Address(process: event.source, port: event.sourcePort)
        switch processes[Int(event.target - firstProcess)].component {
        case .device(let index):
            Self.dispatch(
                event, to: &devices[index], attachment: scheduler.attachment(of: event),
                localNanoseconds: localNanoseconds, configuration: configuration.client, outbox: &outbox)
        case .block(let index):
            dispatch(event, toBlock: index, localNanoseconds: localNanoseconds, scheduler: &scheduler)
        case .loadBalancer(let index):
            if let token = event.timerToken {
                loadBalancers[index].fire(token, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else {
                loadBalancers[index].receive(
                    event.message, words: scheduler.attachment(of: event), from: source,
                    nowNanoseconds: localNanoseconds, outbox: &outbox)
            }
        case .chatServer(let index):
            if let token = event.timerToken {
                chatServers[index].fire(token, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if event.kind == EventKind.synced {
                chatServers[index].synced(nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if event.kind == EventKind.syncFailed {
                chatServers[index].syncFailed(outbox: &outbox)
            } else {
                chatServers[index].receive(
                    event.message, words: scheduler.attachment(of: event), from: source, atPort: event.targetPort,
                    nowNanoseconds: localNanoseconds, outbox: &outbox)
            }
        case .cacheServer(let index):
            if let token = event.timerToken {
                cacheServers[index].fire(token, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else {
                cacheServers[index].receive(
                    event.message, from: source, atPort: event.targetPort, nowNanoseconds: localNanoseconds,
                    outbox: &outbox)
            }
        case .storageServer(let index):
            if event.kind == EventKind.begin {
                storageServers[index].start(outbox: &outbox)
            } else if let token = event.timerToken {
                storageServers[index].fire(token, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if event.kind == EventKind.synced {
                storageServers[index].synced(nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if event.kind == EventKind.syncFailed {
                storageServers[index].syncFailed(outbox: &outbox)
            } else if event.kind == EventKind.written {
                storageServers[index].written(
                    event.payload.0, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else {
                storageServers[index].receive(
                    event.message, words: scheduler.attachment(of: event), from: source, atPort: event.targetPort,
                    nowNanoseconds: localNanoseconds, outbox: &outbox)
            }
        case .objectStore(let index): dispatch(event, toObjectStore: index)
        case .dataNode(let index):
            if event.kind == EventKind.synced {
                dataNodes[index].synced(outbox: &outbox)
            } else {
                dataNodes[index].receive(
                    event.message, words: scheduler.attachment(of: event), from: source, outbox: &outbox)
            }
        case .coordinator(let index):
            if event.kind == EventKind.begin {
                coordinators[index].start(nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if let token = event.timerToken {
                coordinators[index].fire(token, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if event.kind == EventKind.synced {
                coordinators[index].synced(outbox: &outbox)
            } else {
                coordinators[index].receive(
                    event.message, from: source, nowNanoseconds: localNanoseconds, outbox: &outbox)
            }
        }
    }

    static func dispatch(
        _ event: Event, to client: inout Client, attachment: UnsafeBufferPointer<UInt64>, localNanoseconds: UInt64,
        configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        switch event.kind {
        case EventKind.connect: client.connect(configuration: configuration, outbox: &outbox)
        case EventKind.disconnect: client.disconnect(outbox: &outbox)
        case EventKind.connectionNoticed:
            // The device may have noticed by itself, and have another connection by now.
            guard client.connectionNumber.map(UInt64.init) == event.payload.0 else { return }
            client.breakConnection(configuration: configuration, outbox: &outbox)
        case EventKind.openChat:
            client.openChat(
                with: UserID(UInt32(truncatingIfNeeded: event.payload.0)), configuration: configuration,
                outbox: &outbox)
        case EventKind.read:
            client.read(PageWish(words: event.payload), configuration: configuration, outbox: &outbox)
        case EventKind.readRecent: client.readRecent(configuration: configuration, outbox: &outbox)
        case EventKind.send:
            client.send(
                to: UserID(UInt32(truncatingIfNeeded: event.payload.0)),
                contentBytes: UInt32(truncatingIfNeeded: event.payload.1),
                part: ThreadPart(rawValue: UInt32(truncatingIfNeeded: event.payload.2)), configuration: configuration,
                outbox: &outbox)
        default:
            if let token = event.timerToken {
                client.fire(
                    token, nowNanoseconds: localNanoseconds, configuration: configuration, outbox: &outbox)
            } else {
                client.receive(
                    event.message, from: Address(process: event.source, port: event.sourcePort),
                    attachment: attachment, nowNanoseconds: localNanoseconds, configuration: configuration,
                    outbox: &outbox)
            }
        }
    }
}
