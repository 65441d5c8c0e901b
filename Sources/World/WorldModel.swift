import Chat
import Simulation

/// The components of one partition and the processes that run them: the only interpreter of what components want done.
struct WorldModel: Model {
    private let configuration: WorldConfiguration
    let processTable: ProcessTable
    private let linkFaults: LinkFaultTable
    private let firstProcess: UInt32
    private var processes: [Process] = []
    private var loadBalancers: [LoadBalancer] = []
    private var chatServers: [ChatServer] = []
    private var storageServers: [StorageServer] = []
    private var devices: [Client] = []
    private var blocks: [ClientBlock] = []
    private var outbox = Outbox()
    var observations = ObservationBuffer()
    /// What happened, if anyone wants to see it.
    var trace: [TraceEntry]?

    /// Builds the components of a range of processes and schedules what the configuration has them do.
    init(
        _ configuration: WorldConfiguration, processTable: ProcessTable, linkFaults: LinkFaultTable,
        processes range: Range<UInt32>, recordsTrace: Bool, scheduler: inout Scheduler
    ) {
        self.configuration = configuration
        self.processTable = processTable
        self.linkFaults = linkFaults
        firstProcess = range.lowerBound
        trace = recordsTrace ? [] : nil
        for number in range {
            addProcess(number)
            scheduleStart(of: number, scheduler: &scheduler)
        }
        scheduleScript(range, scheduler: &scheduler)
        scheduleCrashes(range, scheduler: &scheduler)
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        let index = Int(event.target - firstProcess)
        switch event.kind {
        case EventKind.crash: crash(event)
        case EventKind.restart: restart(event, scheduler: &scheduler)
        default:
            let isLife = event.kind >= EventKind.timerBase && event.kind <= EventKind.synced
            guard processes[index].isUp,
                !isLife || UInt32(truncatingIfNeeded: event.payload.1) == processes[index].incarnation
            else {
                trace?.append(
                    TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .dropped))
                return
            }
            guard let turn = processes[index].admit(atNanoseconds: event.timeNanoseconds, kind: event.kind) else {
                trace?.append(
                    TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .dropped))
                return
            }
            let local = processes[index].clock.reading(atNanoseconds: turn.startNanoseconds)
            dispatch(event, localNanoseconds: local, scheduler: &scheduler)
            perform(
                of: event.target, port: event.targetPort, nowNanoseconds: event.timeNanoseconds,
                departureNanoseconds: turn.finishNanoseconds, scheduler: &scheduler)
        }
    }

    /// Lets every component report what it still holds.
    mutating func reportHeld(atNanoseconds now: UInt64) {
        for index in processes.indices {
            switch processes[index].component {
            case .loadBalancer: continue
            case .chatServer(let number): chatServers[number].reportHeld(outbox: &outbox)
            case .storageServer(let number): storageServers[number].reportHeld(outbox: &outbox)
            case .device(let number): devices[number].reportHeld(outbox: &outbox)
            case .block(let number):
                for client in blocks[number].clients { client.reportHeld(outbox: &outbox) }
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
                process: firstProcess + UInt32(index), cores: host.configuration.cores,
                busyNanoseconds: host.processors.busyNanoseconds, waitedNanoseconds: host.processors.waitedNanoseconds,
                admittedCount: host.processors.admittedCount, syncCount: host.disk.syncCount,
                writtenBytes: host.disk.writtenBytes)
        }
    }

    /// The number of open connections that the chat servers know of.
    var connectionCount: Int { chatServers.reduce(0) { $0 + $1.connectionCount } }
}

// MARK: - Setting up

extension WorldModel {
    private mutating func addProcess(_ number: UInt32) {
        let seed = configuration.seed
        let placement = processTable.placement
        func jitterSeed(_ purpose: RandomPurpose) -> UInt64 {
            RandomStream.word(seed: seed, component: number, purpose: purpose.rawValue, index: 0)
        }
        let component: Process.Component
        var host: HostConfiguration?
        var clock = LocalClock.exact
        switch processTable.role(of: number) {
        case .loadBalancer:
            component = .loadBalancer(loadBalancers.count)
            loadBalancers.append(LoadBalancer(placement: placement))
            host = configuration.loadBalancerHost
        case .chatServer(let server):
            component = .chatServer(chatServers.count)
            chatServers.append(
                ChatServer(
                    number: server, placement: placement, configuration: configuration.chatServer,
                    jitterSeed: jitterSeed(.serverJitter)))
            host = configuration.chatServerHost
            clock = configuration.clocks[server] ?? .exact
        case .storageServer:
            component = .storageServer(storageServers.count)
            storageServers.append(StorageServer())
            host = configuration.storageHost
        case .device(let device):
            component = .device(devices.count)
            devices.append(
                Client(device: device, port: 0, placement: placement, jitterSeed: jitterSeed(.clientJitter)))
        case .block(let population, let block):
            component = .block(blocks.count)
            blocks.append(
                ClientBlock(
                    population: configuration.populations[population],
                    firstPopulationUser: processTable.firstUser(ofPopulation: population), number: block,
                    process: number, configuration: configuration, placement: placement))
        }
        processes.append(Process(component: component, number: number, seed: seed, host: host, clock: clock))
    }

    private mutating func scheduleStart(of number: UInt32, scheduler: inout Scheduler) {
        switch processes[Int(number - firstProcess)].component {
        case .device(let index):
            let user = devices[index].device.user
            guard configuration.listedUsers[Int(user.rawValue)].startsOnline else { return }
            scheduler.schedule(at: 0, target: number, source: number, kind: EventKind.connect)
        case .block(let index):
            for port in blocks[index].clients.indices {
                scheduler.schedule(
                    at: blocks[index].drawConnectNanoseconds(), target: number, source: number,
                    kind: EventKind.connect, targetPort: UInt32(port))
            }
            if let next = blocks[index].drawNextSendNanoseconds(after: 0) {
                scheduler.schedule(at: next, target: number, source: number, kind: EventKind.populationSends)
            }
        case .loadBalancer, .chatServer, .storageServer: break
        }
    }

    private func scheduleScript(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for step in configuration.script {
            let process = processTable.process(of: step.device)
            guard range.contains(process) else { continue }
            let kind: UInt16
            var payload: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
            switch step.action {
            case .connect: kind = EventKind.connect
            case .disconnect: kind = EventKind.disconnect
            case .send(let recipient, let bytes):
                kind = EventKind.send
                payload = (UInt64(recipient.rawValue), UInt64(bytes), 0, 0)
            }
            scheduler.schedule(
                at: step.timeNanoseconds, target: process, source: process, kind: kind, payload: payload)
        }
    }

    private mutating func scheduleCrashes(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for crash in configuration.crashes.sorted(by: { $0.timeNanoseconds < $1.timeNanoseconds }) {
            let process = processTable.process(of: crash.server)
            guard range.contains(process) else { continue }
            processes[Int(process - firstProcess)].crashesNanoseconds.append(crash.timeNanoseconds)
            scheduler.schedule(
                at: crash.timeNanoseconds, target: process, source: process, kind: EventKind.crash)
            if let restart = crash.restartNanoseconds {
                scheduler.schedule(at: restart, target: process, source: process, kind: EventKind.restart)
            }
        }
    }
}

// MARK: - Handling

extension WorldModel {
    private mutating func dispatch(_ event: Event, localNanoseconds: UInt64, scheduler: inout Scheduler) {
        let source = Address(process: event.source, port: event.sourcePort)
        switch processes[Int(event.target - firstProcess)].component {
        case .device(let index):
            Self.dispatch(
                event, to: &devices[index], localNanoseconds: localNanoseconds, configuration: configuration.client,
                outbox: &outbox)
        case .block(let index):
            guard event.kind == EventKind.populationSends else {
                Self.dispatch(
                    event, to: &blocks[index].clients[Int(event.targetPort)], localNanoseconds: localNanoseconds,
                    configuration: configuration.client, outbox: &outbox)
                return
            }
            let message = blocks[index].drawMessage()
            blocks[index].clients[message.client].send(
                to: message.recipient, contentBytes: message.contentBytes, configuration: configuration.client,
                outbox: &outbox)
            perform(
                of: event.target, port: UInt32(message.client), nowNanoseconds: event.timeNanoseconds,
                departureNanoseconds: event.timeNanoseconds, scheduler: &scheduler)
            if let next = blocks[index].drawNextSendNanoseconds(after: event.timeNanoseconds) {
                scheduler.schedule(
                    at: next, target: event.target, source: event.target, kind: EventKind.populationSends)
            }
        case .loadBalancer(let index):
            loadBalancers[index].receive(event.message, from: source, outbox: &outbox)
        case .chatServer(let index):
            if let token = event.timerToken {
                chatServers[index].fire(token, nowNanoseconds: localNanoseconds, outbox: &outbox)
            } else if event.kind == EventKind.synced {
                chatServers[index].synced(outbox: &outbox)
            } else {
                chatServers[index].receive(
                    event.message, from: source, atPort: event.targetPort, nowNanoseconds: localNanoseconds,
                    outbox: &outbox)
            }
        case .storageServer(let index):
            if event.kind == EventKind.synced {
                storageServers[index].synced(outbox: &outbox)
            } else {
                storageServers[index].receive(
                    event.message, from: source, atPort: event.targetPort, outbox: &outbox)
            }
        }
    }

    private static func dispatch(
        _ event: Event, to client: inout Client, localNanoseconds: UInt64, configuration: ClientConfiguration,
        outbox: inout Outbox
    ) {
        switch event.kind {
        case EventKind.connect: client.connect(configuration: configuration, outbox: &outbox)
        case EventKind.disconnect: client.disconnect(outbox: &outbox)
        case EventKind.send:
            client.send(
                to: UserID(UInt32(truncatingIfNeeded: event.payload.0)),
                contentBytes: UInt32(truncatingIfNeeded: event.payload.1), configuration: configuration,
                outbox: &outbox)
        default:
            if let token = event.timerToken {
                client.fire(
                    token, nowNanoseconds: localNanoseconds, configuration: configuration, outbox: &outbox)
            } else {
                client.receive(
                    event.message, from: Address(process: event.source, port: event.sourcePort),
                    nowNanoseconds: localNanoseconds, configuration: configuration, outbox: &outbox)
            }
        }
    }

    private mutating func crash(_ event: Event) {
        let index = Int(event.target - firstProcess)
        processes[index].crash()
        switch processes[index].component {
        case .chatServer(let number): chatServers[number].crash()
        case .storageServer(let number): storageServers[number].crash()
        case .loadBalancer: break
        case .device, .block: preconditionFailure("only servers crash")
        }
        trace?.append(TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .crash))
    }

    private mutating func restart(_ event: Event, scheduler: inout Scheduler) {
        let index = Int(event.target - firstProcess)
        let now = event.timeNanoseconds
        processes[index].restart(atNanoseconds: now)
        switch processes[index].component {
        case .chatServer(let number):
            let jitterSeed = RandomStream.word(
                seed: configuration.seed, component: event.target, purpose: RandomPurpose.serverJitter.rawValue,
                index: UInt64(processes[index].incarnation))
            chatServers[number].restart(jitterSeed: jitterSeed, outbox: &outbox)
        case .storageServer(let number): storageServers[number].restart()
        case .loadBalancer: break
        case .device, .block: preconditionFailure("only servers restart")
        }
        trace?.append(TraceEntry(timeNanoseconds: now, process: event.target, kind: .restart))
        perform(of: event.target, port: 0, nowNanoseconds: now, departureNanoseconds: now, scheduler: &scheduler)
    }
}

// MARK: - Performing effects

extension WorldModel {
    /// Performs the effects in the outbox, in order, and empties it.
    ///
    /// - Parameters:
    ///   - process: Whose effects they are.
    ///   - port: The endpoint inside the process that its timers are for.
    ///   - nowNanoseconds: When the event happened that they answer.
    ///   - departureNanoseconds: When the handler is done and they leave.
    private mutating func perform(
        of process: UInt32, port: UInt32, nowNanoseconds: UInt64, departureNanoseconds: UInt64,
        scheduler: inout Scheduler
    ) {
        let index = Int(process - firstProcess)
        for effect in outbox.effects {
            switch effect {
            case .send(let message, let address, let fromPort):
                send(
                    message, from: process, port: fromPort, to: address, atNanoseconds: departureNanoseconds,
                    nowNanoseconds: nowNanoseconds, scheduler: &scheduler)
            case .timer(let token, let interval):
                let wait = processes[index].clock.virtualNanoseconds(ofLocal: interval)
                scheduler.schedule(
                    at: departureNanoseconds + wait, target: process, source: process,
                    kind: EventKind.timerBase + token.kind, targetPort: port,
                    payload: (token.value, UInt64(processes[index].incarnation), 0, 0))
            case .sync(let bytes):
                scheduler.schedule(
                    at: processes[index].sync(bytes: bytes, atNanoseconds: departureNanoseconds), target: process,
                    source: process, kind: EventKind.synced,
                    payload: (0, UInt64(processes[index].incarnation), 0, 0))
            case .observe(let observation):
                scheduler.record(
                    observation.message.rawValue,
                    UInt64(observation.kind.rawValue) << 32 | UInt64(observation.sequence), of: process)
                append(observation, of: index, atNanoseconds: departureNanoseconds)
            }
        }
        outbox.removeAll()
    }

    private mutating func send(
        _ message: WireMessage, from process: UInt32, port: UInt32, to address: Address,
        atNanoseconds departure: UInt64, nowNanoseconds: UInt64, scheduler: inout Scheduler
    ) {
        let index = Int(process - firstProcess)
        let isInside = processTable.isServer(process) && processTable.isServer(address.process)
        let arrival = processes[index].transmit(
            bytes: message.sizeBytes, over: isInside ? configuration.dataCenter : configuration.lastMile,
            fromPort: port, to: address, atNanoseconds: departure, nowNanoseconds: nowNanoseconds)
        let isStruck = linkFaults.strikes(
            from: process, to: address.process, atNanoseconds: departure, drawing: &processes[index].faultDraws)
        guard let arrival, !isStruck else {
            trace?.append(
                TraceEntry(
                    timeNanoseconds: departure, process: process, port: port,
                    kind: .lost(message, target: address.process, targetPort: address.port)))
            return
        }
        let payload = Payload(message)
        scheduler.schedule(
            at: arrival, target: address.process, source: process, kind: payload.kind, targetPort: address.port,
            sourcePort: port, payload: payload.words)
        trace?.append(
            TraceEntry(
                timeNanoseconds: arrival, process: address.process, port: address.port,
                kind: .message(message, source: process, sourcePort: port, sentNanoseconds: departure)))
    }

    private mutating func append(_ observation: Observation, of index: Int, atNanoseconds now: UInt64) {
        var stamped = observation
        stamped.timeNanoseconds = now
        observations.append(
            ObservationBuffer.Entry(
                observation: stamped, process: firstProcess + UInt32(index),
                ordinal: processes[index].observationCount))
        processes[index].observationCount += 1
    }
}

extension Event {
    /// The message that the event brings.
    fileprivate var message: WireMessage { Payload(kind: kind, words: payload).message }

    /// The token that the event hands back, if it is a timer.
    fileprivate var timerToken: TimerToken? {
        guard kind >= EventKind.timerBase, kind < EventKind.synced else { return nil }
        return TimerToken(kind: kind - EventKind.timerBase, value: payload.0)
    }
}
