import Chat
import Simulation

extension WorldModel {
    // MARK: Crashes

    mutating func crash(_ event: Event) {
        let index = Int(event.target - firstProcess)
        if let loss = Crash.DiskLoss(rawValue: event.payload.0) { loseDisk(loss, of: index) }
        processes[index].crash()
        switch processes[index].component {
        case .chatServer(let number): chatServers[number].crash()
        case .storageServer(let number): storageServers[number].crash()
        case .coordinator(let number): coordinators[number].crash()
        case .dataNode(let number): dataNodes[number].crash()
        case .cacheServer(let number): cacheServers[number].crash()
        case .objectStore(let number): objectStores[number].crash()
        case .loadBalancer: break
        case .device, .block: preconditionFailure("only servers crash")
        }
        trace?.append(TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .crash))
    }

    mutating func restart(_ event: Event, scheduler: inout Scheduler) {
        let index = Int(event.target - firstProcess)
        let now = event.timeNanoseconds
        processes[index].restart(atNanoseconds: now)
        func jitterSeed(_ purpose: RandomPurpose) -> UInt64 {
            RandomStream.word(
                seed: configuration.seed, component: processes[index].randomComponent, purpose: purpose.rawValue,
                index: UInt64(processes[index].incarnation))
        }
        switch processes[index].component {
        case .chatServer(let number):
            chatServers[number].restart(
                jitterSeed: jitterSeed(.serverJitter),
                nowNanoseconds: processes[index].clock.reading(atNanoseconds: now),
                outbox: &outbox)
        case .storageServer(let number):
            storageServers[number].restart(
                jitterSeed: jitterSeed(.storageJitter),
                nowNanoseconds: processes[index].clock.reading(atNanoseconds: now), outbox: &outbox)
            storageServers[number].restartShards(outbox: &outbox)
        case .coordinator(let number):
            coordinators[number].restart(
                nowNanoseconds: processes[index].clock.reading(atNanoseconds: now), outbox: &outbox)
        case .loadBalancer(let number):
            loadBalancers[number].start(
                nowNanoseconds: processes[index].clock.reading(atNanoseconds: now), outbox: &outbox)
        case .dataNode, .objectStore: break
        case .cacheServer(let number): cacheServers[number].restart(jitterSeed: jitterSeed(.cacheJitter))
        case .device, .block: preconditionFailure("only servers restart")
        }
        trace?.append(TraceEntry(timeNanoseconds: now, process: event.target, kind: .restart))
        perform(of: event.target, port: 0, nowNanoseconds: now, departureNanoseconds: now, scheduler: &scheduler)
    }

    /// What is on the disk of a server that is about to crash is not what it should be.
    private mutating func loseDisk(_ loss: Crash.DiskLoss, of index: Int) {
        guard processes[index].isUp else { return }
        let draw = RandomStream.word(
            seed: configuration.seed, component: processes[index].randomComponent,
            purpose: RandomPurpose.tornWrite.rawValue, index: UInt64(processes[index].incarnation))
        switch (processes[index].component, loss) {
        case (_, .nothing): break
        case (.chatServer(let number), .tornWrite): chatServers[number].tearWrite(draw)
        case (.chatServer(let number), .cachedWrites): chatServers[number].loseCached()
        case (.storageServer(let number), .tornWrite): storageServers[number].tearWrite(draw)
        case (.storageServer(let number), .cachedWrites): storageServers[number].loseCached()
        default: preconditionFailure("a crash harms the logs of chat servers and storage servers only")
        }
    }

    // MARK: Machines

    mutating func sufferHostFault(_ event: Event) {
        let index = Int(event.target - firstProcess)
        let fault = configuration.hostFaults[Int(event.payload.0)]
        trace?.append(
            TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .fault(fault.kind)))
        switch (fault.kind, processes[index].component) {
        case (.cachedWrites, .chatServer(let number)): chatServers[number].beginCaching()
        case (.cachedWrites, .storageServer(let number)): storageServers[number].beginCaching()
        case (.corruption(let count), let component):
            for block in 0..<count {
                let draw = RandomStream.word(
                    seed: configuration.seed, component: processes[index].randomComponent,
                    purpose: RandomPurpose.corruption.rawValue,
                    index: event.payload.0 << 32 | block)
                switch component {
                case .storageServer(let number): storageServers[number].corrupt(draw)
                case .dataNode(let number): dataNodes[number].corrupt(draw)
                default: preconditionFailure("blocks go bad on storage servers and data nodes only")
                }
            }
        default: processes[index].suffer(fault.kind, atNanoseconds: event.timeNanoseconds)
        }
    }

    // MARK: Connections

    mutating func breakConnections(_ event: Event, scheduler: inout Scheduler) {
        let index = Int(event.target - firstProcess)
        guard processes[index].isUp else { return }
        let fault = configuration.connectionFaults[Int(event.payload.0)]
        let peers = fault.peers.map(processTable.processes(at:))
        func isStruck(_ address: Address) -> Bool { peers.contains { $0.contains(address.process) } }
        trace?.append(
            TraceEntry(timeNanoseconds: event.timeNanoseconds, process: event.target, kind: .connectionsBroken))
        let now = event.timeNanoseconds
        switch processes[index].component {
        case .device(let number):
            guard devices[number].peer.map(isStruck) == true else { return }
            devices[number].breakConnection(configuration: configuration.client, outbox: &outbox)
        case .block(let number):
            for port in 0..<blocks[number].clients.count
            where blocks[number].clients.peer(of: port).map(isStruck) == true {
                blocks[number].clients.update(port, localNanoseconds: now) {
                    $0.breakConnection(configuration: configuration.client, outbox: &outbox)
                }
                perform(
                    of: event.target, port: UInt32(port), nowNanoseconds: now, departureNanoseconds: now,
                    scheduler: &scheduler)
            }
        case .chatServer(let number):
            chatServers[number].breakConnections(
                where: isStruck, tells: fault.tells, nowNanoseconds: processes[index].clock.reading(atNanoseconds: now),
                outbox: &outbox)
        default: preconditionFailure("only devices and chat servers have connections that break")
        }
        perform(of: event.target, port: 0, nowNanoseconds: now, departureNanoseconds: now, scheduler: &scheduler)
    }
}
