import Chat
import Simulation

extension WorldModel {
    mutating func addProcess(_ number: UInt32) {
        let seed = configuration.seed
        let placement = processTable.placement
        let randomComponent = processTable.randomComponent(of: number)
        func jitterSeed(_ purpose: RandomPurpose) -> UInt64 {
            RandomStream.word(seed: seed, component: randomComponent, purpose: purpose.rawValue, index: 0)
        }
        let component: Process.Component
        var host: HostConfiguration?
        var clock = LocalClock.exact
        switch processTable.role(of: number) {
        case .loadBalancer(let balancer):
            component = .loadBalancer(loadBalancers.count)
            loadBalancers.append(
                LoadBalancer(number: balancer, placement: placement, balancing: configuration.balancing))
            host = configuration.loadBalancerHost
        case .chatServer(let server):
            component = .chatServer(chatServers.count)
            chatServers.append(
                ChatServer(
                    number: server, placement: placement, configuration: chatServerConfiguration,
                    balancing: balancing, jitterSeed: jitterSeed(.serverJitter)))
            host = configuration.chatServerHost
            clock = configuration.clocks[server] ?? .exact
        case .storageServer(let server):
            component = .storageServer(storageServers.count)
            let sharding = configuration.chatServer.sharding.flatMap { $0.isDynamic ? $0 : nil }
            storageServers.append(
                StorageServer(
                    configuration: configuration.storage, isFencing: configuration.isFencing,
                    shardSeat: sharding.map { ShardSeat(number: server, placement: placement, configuration: $0) },
                    archive: configuration.reedSolomon.map {
                        Archive(number: server, placement: placement, configuration: $0)
                    }, mayCrash: configuration.crashes.contains { $0.server == .storageServer(server) },
                    jitterSeed: jitterSeed(.storageJitter)))
            host = configuration.storageHost
        case .dataNode:
            component = .dataNode(dataNodes.count)
            dataNodes.append(DataNode())
            host = configuration.dataNodeHost
        case .coordinator:
            component = .coordinator(coordinators.count)
            guard let sharding = configuration.chatServer.sharding else {
                preconditionFailure("there is a coordinator only where there are shards to move")
            }
            coordinators.append(ShardCoordinator(placement: placement, configuration: sharding))
            host = configuration.coordinatorHost
        case .cacheServer:
            guard let cache = configuration.cache else { preconditionFailure("a cache server of no tier") }
            component = .cacheServer(cacheServers.count)
            cacheServers.append(
                CacheServer(
                    placement: placement, configuration: cache.configuration, jitterSeed: jitterSeed(.cacheJitter)))
            host = cache.host
        case .objectStore(let store):
            guard let tier = configuration.objectStores else { preconditionFailure("an object store of no tier") }
            component = .objectStore(objectStores.count)
            objectStores.append(ObjectStore(number: store, confirmation: tier.confirmation))
            host = tier.host
        case .device(let device):
            component = .device(devices.count)
            devices.append(
                Client(device: device, port: 0, placement: placement, jitterSeed: jitterSeed(.clientJitter)))
        case .block(let population, let block):
            component = .block(blocks.count)
            blocks.append(
                ClientBlock(
                    populations[population], number: block, randomComponent: randomComponent,
                    configuration: configuration))
        }
        processes.append(
            Process(
                component: component, randomComponent: randomComponent, seed: seed, host: host.map { shared($0) },
                clock: clock))
    }

    /// What machines that are alike share.
    private mutating func shared(_ host: HostConfiguration) -> Shared<HostConfiguration> {
        if let known = hostConfigurations[host] { return known }
        let new = Shared(host)
        hostConfigurations[host] = new
        return new
    }

    mutating func scheduleStart(of number: UInt32, scheduler: inout Scheduler) {
        switch processes[Int(number - firstProcess)].component {
        case .device(let index):
            let user = devices[index].device.user
            guard configuration.listedUsers[Int(user.rawValue)].startsOnline else { return }
            scheduler.schedule(at: 0, target: number, source: number, kind: EventKind.connect)
        case .block(let index):
            for port in 0..<blocks[index].clients.count where !blocks[index].startsConnected {
                scheduler.schedule(
                    at: blocks[index].drawConnectNanoseconds(), target: number, source: number,
                    kind: EventKind.connect, targetPort: UInt32(port))
            }
            if let next = blocks[index].nextChangeNanoseconds {
                scheduler.schedule(at: next, target: number, source: number, kind: EventKind.populationChanges)
            }
            if let next = blocks[index].drawNextLookNanoseconds(after: 0) {
                scheduler.schedule(at: next, target: number, source: number, kind: EventKind.populationLooks)
            }
            if let next = blocks[index].drawNextSendNanoseconds(after: 0) {
                scheduler.schedule(at: next, target: number, source: number, kind: EventKind.populationSends)
            }
        case .loadBalancer(let index):
            loadBalancers[index].start(
                nowNanoseconds: processes[Int(number - firstProcess)].clock.reading(atNanoseconds: 0), outbox: &outbox)
            perform(of: number, port: 0, nowNanoseconds: 0, departureNanoseconds: 0, scheduler: &scheduler)
        case .storageServer, .coordinator:
            guard configuration.coordinatorCount + configuration.dataNodeCount > 0 else { return }
            scheduler.schedule(at: 0, target: number, source: number, kind: EventKind.begin)
        case .chatServer, .dataNode, .cacheServer, .objectStore: break
        }
    }

    /// Opens the connections of populations that start connected, at the chat servers of this partition.
    mutating func openConnections(building: WorldBuilding?, scheduler: inout Scheduler) {
        guard !chatServers.isEmpty else { return }
        for (number, population) in configuration.populations.enumerated() where population.startsConnected {
            let starts = population.sessionStarts(configuration)
            if configuration.balancing.mapping.law.dealsOutEvenly {
                openDealtOut(population, number: number, starts, building: building, scheduler: &scheduler)
            } else {
                openMapped(population, number: number, starts, building: building, scheduler: &scheduler)
            }
            if building?.isStopped == true { return }
        }
        for index in chatServers.indices {
            chatServers[index].startConnected(outbox: &outbox)
            perform(
                of: processTable.process(of: .chatServer(chatServers[index].number)), port: 0, nowNanoseconds: 0,
                departureNanoseconds: 0, scheduler: &scheduler)
        }
    }

    /// Opens the connections of users whose server is their number modulo that of the servers: each server knows its own without looking at all.
    private mutating func openDealtOut(
        _ population: Population, number: Int, _ starts: StationarySessions?, building: WorldBuilding?,
        scheduler: inout Scheduler
    ) {
        let serverCount = configuration.chatServerCount
        let first = processTable.firstUser(ofPopulation: number)
        let usersMax = Int(population.userCount / serverCount + 1)
        for index in chatServers.indices {
            chatServers[index].reserveConnections(
                usersMax * population.deviceCount + chatServers[index].connectionCount)
            let offset = (chatServers[index].number + serverCount - first % serverCount) % serverCount
            let countBefore = chatServers[index].connectionCount
            for user in stride(from: offset, to: population.userCount, by: Int(serverCount)) {
                open(user, of: population, number: number, starts, at: index, scheduler: &scheduler)
            }
            guard let building else { continue }
            building.addConnections(chatServers[index].connectionCount - countBefore)
            if building.isStopped { return }
        }
    }

    /// Opens the connections of users whose server is found by asking the mapping for each.
    private mutating func openMapped(
        _ population: Population, number: Int, _ starts: StationarySessions?, building: WorldBuilding?,
        scheduler: inout Scheduler
    ) {
        let first = processTable.firstUser(ofPopulation: number)
        let mean = Int(population.userCount / configuration.chatServerCount + 1)
        // Six standard deviations more are room enough for the fullest of any number of servers.
        let usersMax = mean + 6 * Int(Double(mean).squareRoot())
        for index in chatServers.indices {
            chatServers[index].reserveConnections(
                usersMax * population.deviceCount + chatServers[index].connectionCount)
            building?.report()
            if building?.isStopped == true { return }
        }
        var places: [Int?] = Array(repeating: nil, count: Int(configuration.chatServerCount))
        for index in chatServers.indices { places[Int(chatServers[index].number)] = index }
        var openedCount = 0
        for user in 0..<population.userCount {
            let server = configuration.balancing.mapping.server(of: UInt64(first + user))
            if let index = places[Int(server)] {
                open(user, of: population, number: number, starts, at: index, scheduler: &scheduler)
                openedCount += population.deviceCount
            }
            guard let building, user % Population.usersPerBlock == 0 || user == population.userCount - 1 else {
                continue
            }
            building.addConnections(openedCount)
            openedCount = 0
            if building.isStopped { return }
        }
    }

    /// Opens the connections of a user at the user's chat server, unless the user is offline at the start.
    private mutating func open(
        _ user: UInt32, of population: Population, number: Int, _ starts: StationarySessions?, at index: Int,
        scheduler: inout Scheduler
    ) {
        let id = UserID(processTable.firstUser(ofPopulation: number) + user)
        let start = starts?.start(of: id.rawValue)
        guard start?.isOnline ?? true else { return }
        for device in 0..<population.deviceCount {
            chatServers[index].openAtStart(
                DeviceID(user: id, index: UInt8(device)),
                at: processTable.address(ofUser: user, device: device, ofPopulation: number, population))
        }
        guard let age = start?.ageNanoseconds else { return }
        chatServers[index].cameOnlineBeforeStart(id, agoNanoseconds: age, outbox: &outbox)
        perform(
            of: processTable.process(of: .chatServer(chatServers[index].number)), port: 0, nowNanoseconds: 0,
            departureNanoseconds: 0, scheduler: &scheduler)
    }

    func scheduleScript(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for step in configuration.script {
            let process = processTable.process(of: step.device)
            guard range.contains(process) else { continue }
            let kind: UInt16
            var payload: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
            switch step.action {
            case .connect: kind = EventKind.connect
            case .disconnect: kind = EventKind.disconnect
            case .openChat(let user):
                kind = EventKind.openChat
                payload = (UInt64(user.rawValue), 0, 0, 0)
            case .read(let wish):
                kind = EventKind.read
                payload = wish.words
            case .readRecent: kind = EventKind.readRecent
            case .send(let recipient, let bytes):
                kind = EventKind.send
                payload = (UInt64(recipient.rawValue), UInt64(bytes), 0, 0)
            case .sendToThread(let part, let subject, let bytes):
                kind = EventKind.send
                payload = (UInt64(subject.rawValue), UInt64(bytes), UInt64(part.rawValue), 0)
            }
            scheduler.schedule(
                at: step.timeNanoseconds, target: process, source: process, kind: kind, payload: payload)
        }
    }

    mutating func scheduleCrashes(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for crash in configuration.crashes.sorted(by: { $0.timeNanoseconds < $1.timeNanoseconds }) {
            let process = processTable.process(of: crash.server)
            guard range.contains(process) else { continue }
            processes[Int(process - firstProcess)].crashesNanoseconds.append(crash.timeNanoseconds)
            scheduler.schedule(
                at: crash.timeNanoseconds, target: process, source: process, kind: EventKind.crash,
                payload: (crash.disk.rawValue, 0, 0, 0))
            if let restart = crash.restartNanoseconds {
                scheduler.schedule(at: restart, target: process, source: process, kind: EventKind.restart)
            }
        }
    }

    func scheduleConnectionFaults(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for (number, fault) in configuration.connectionFaults.enumerated() {
            for process in fault.struck.flatMap(processTable.processes(at:)) where range.contains(process) {
                scheduler.schedule(
                    at: fault.timeNanoseconds, target: process, source: process, kind: EventKind.connectionFault,
                    payload: (UInt64(number), 0, 0, 0))
            }
        }
    }

    func scheduleHostFaults(_ range: Range<UInt32>, scheduler: inout Scheduler) {
        for (number, fault) in configuration.hostFaults.enumerated() {
            let process = processTable.process(of: fault.server)
            guard range.contains(process) else { continue }
            scheduler.schedule(
                at: fault.timeNanoseconds, target: process, source: process, kind: EventKind.hostFault,
                payload: (UInt64(number), 0, 0, 0))
        }
    }
}
