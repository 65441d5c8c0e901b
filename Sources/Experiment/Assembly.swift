internal import Chat
internal import Invariants
internal import Scenario
internal import Simulation
internal import World

/// Builds a world from a scenario.
enum Assembly {
    /// The world of a scenario: one for judges, who ask for observations, one to be looked at event by event, one to compare with
    /// another, or one whose components are measured.
    ///
    /// - Throws: ``Experiment/SetupError`` if it cannot be cut into as many partitions as asked for, ``Experiment/BuildingStopped`` if
    ///   `whileBuilding` says so.
    static func world(
        of scenario: Scenario, options: Experiment.Options, recordsEvents: Bool = false, logsEvents: Bool = false,
        keepsObservations: Bool = true, meterClock: (@Sendable () -> UInt64)? = nil,
        whileBuilding: ((Experiment.BuildingProgress) -> Bool)? = nil
    ) throws -> World {
        var configuration = configuration(of: scenario)
        if let mutant = options.mutant { configuration.plant(mutant) }
        do {
            return try World(
                configuration, partitionCount: options.partitionCount, threadCount: options.threadCount,
                recordsTrace: options.recordsTrace, recordsEvents: recordsEvents, logsEvents: logsEvents,
                keepsObservations: keepsObservations && !logsEvents && !recordsEvents, meterClock: meterClock,
                whileBuilding: whileBuilding.map { tell in { tell(Experiment.BuildingProgress($0)) } })
        } catch World.SetupError.stopped(let progress) {
            throw Experiment.BuildingStopped(progress: Experiment.BuildingProgress(progress))
        } catch World.SetupError.noLookahead(let link) {
            throw Experiment.SetupError(
                description: "a message on \(link) may take no time at all, so that the run cannot be cut into "
                    + "\(options.partitionCount) partitions; give its latency an `at_least` above zero, or use one partition"
            )
        }
    }

    /// The configuration that a scenario describes.
    static func configuration(of scenario: Scenario) -> WorldConfiguration {
        let system = scenario.system
        let populations = populations(of: scenario)
        let friends = friends(of: scenario)
        let presence = presence(system.presence, friends: friends)
        let faults = FaultSchedule(scenario).faults
        var configuration = WorldConfiguration(
            seed: scenario.seed, loadBalancerCount: UInt32(system.loadBalancers.count),
            chatServerCount: UInt32(system.chatServers.count), storageServerCount: UInt32(system.storage.count),
            loadBalancerHost: host(system.loadBalancers, .loadBalancer, in: system),
            chatServerHost: host(system.chatServers, .chatServer, in: system),
            storageHost: storageHost(.storage, in: system),
            chatServer: chatServer(system, presence, groups: groups(scenario)),
            balancing: balancing(system), isFencing: system.isFencing, cache: cacheTier(system),
            objectStores: objectStores(system), storage: storage(system.storageEngine),
            client: client(scenario, presence),
            lastMile: link(scenario.network.lastMile), dataCenter: link(scenario.network.dataCenter),
            clocks: Dictionary(
                uniqueKeysWithValues: scenario.clocks.map {
                    (
                        $0.chatServer,
                        LocalClock(
                            offsetNanoseconds: $0.offsetNanoseconds, driftPartsPerBillion: $0.driftPartsPerBillion)
                    )
                }),
            listedUsers: scenario.users.map {
                ListedUser(deviceCount: $0.devices.count, startsOnline: $0.startsOnline)
            },
            populations: populations, friends: friends, script: scenario.script.map(action),
            crashes: faults.compactMap(crash),
            hostFaults: faults.compactMap(hostFault), linkFaults: faults.flatMap(linkFaults),
            connectionFaults: faults.compactMap(connectionFault),
            populationsStopNanoseconds: scenario.populationsStopNanoseconds,
            reedSolomon: reedSolomon(system))
        configuration.coordinatorHost = storageHost(.coordinator, in: system)
        configuration.dataNodeHost = storageHost(.dataNode, in: system)
        configuration.connectionLosses = connectionLosses(
            faults, chatServerCount: UInt32(system.chatServers.count))
        return configuration
    }

    /// Who is whose friend.
    static func friends(of scenario: Scenario) -> FriendGraph {
        FriendGraph(
            listed: scenario.users.map { $0.friends.map { UserID(UInt32($0)) } },
            populations: populations(of: scenario), seed: scenario.seed)
    }

    /// The devices of populations that start connected.
    static func connectedAtStart(in scenario: Scenario) -> [RunRecord.ConnectedAtStart] {
        var first = UInt32(scenario.users.count)
        var connected: [RunRecord.ConnectedAtStart] = []
        for population in populations(of: scenario) {
            let users = first..<first + population.userCount
            first = users.upperBound
            guard population.startsConnected else { continue }
            let starts = population.sessionStarts(
                seed: scenario.seed, stopNanoseconds: scenario.populationsStopNanoseconds, broadcastDelayNanoseconds: 0)
            var isOnline: (@Sendable (UserID) -> Bool)?
            if let starts { isOnline = { starts.isOnlineAtStart($0.rawValue) } }
            connected.append(
                RunRecord.ConnectedAtStart(users: users, deviceCount: population.deviceCount, isOnline: isOnline))
        }
        return connected
    }

    /// The populations, in order.
    static func populations(of scenario: Scenario) -> [Population] { scenario.populations.map(population) }

    /// The least time that a message takes between two processes, in nanoseconds.
    static func lookaheadNanoseconds(of scenario: Scenario) -> UInt64 {
        min(
            link(scenario.network.lastMile).lookaheadNanoseconds, link(scenario.network.dataCenter).lookaheadNanoseconds
        )
    }

    private static func population(_ model: PopulationModel) -> Population {
        var population = Population(
            userCount: UInt32(model.userCount), deviceCount: Int(model.deviceCount), sending: sending(model.sending),
            contentBytes: distribution(model.messageBytes), media: model.media.map(media),
            friendCount: model.friendCount.map(distribution),
            sessions: model.sessions.map {
                Population.Sessions(
                    onlineNanoseconds: distribution($0.onlineNanoseconds),
                    offlineNanoseconds: distribution($0.offlineNanoseconds))
            })
        population.startsConnected = model.startsConnected
        return population
    }

    /// Users whose gaps are exponential are memoryless, which costs less and is the same in law.
    private static func sending(_ model: PopulationModel.Sending) -> Population.Sending {
        switch model {
        case .randomly(let mean), .apart(.exponential(let mean, _)): .memoryless(meanGapNanoseconds: mean)
        case .apart(let gap): .gaps(distribution(gap))
        }
    }

    /// The machine of a server of a tier.
    static func host(
        _ tier: SystemModel.Tier, _ name: TierName, in system: SystemModel, diskBytesPerSecond: UInt64 = 0
    ) -> HostConfiguration {
        HostConfiguration(
            cores: Int(tier.cores), messageNanoseconds: tier.messageNanoseconds,
            connectionNanoseconds: tier.connectionNanoseconds,
            logSyncNanoseconds: distribution(tier.logSyncNanoseconds), diskBytesPerSecond: diskBytesPerSecond,
            kindNanoseconds: kindNanoseconds(name, in: system))
    }

    /// The machine of a storage server, or of what has the same machine but handles other messages.
    private static func storageHost(_ name: TierName, in system: SystemModel) -> HostConfiguration {
        host(system.storage, name, in: system, diskBytesPerSecond: system.storageEngine.disk.bytesPerSecond)
    }

    private static func chatServer(
        _ system: SystemModel, _ presence: PresenceConfiguration?, groups: GroupConfiguration?
    ) -> ChatServerConfiguration {
        let life = signsOfLife(system)
        var configuration = ChatServerConfiguration(
            acknowledge: acknowledge(system.acknowledge),
            offline: system.offline == .notify ? .notify : .storeAndRedeliver,
            connectionsMax: Int(system.connectionsEach),
            heartbeatTimeoutNanoseconds: life.timeoutNanoseconds, sweepPeriodNanoseconds: life.periodNanoseconds,
            poolConnectionsPerStorageServer: UInt32(system.storePath.poolConnections),
            storeDelayNanoseconds: system.storePath.delayNanoseconds,
            requestTimeoutNanoseconds: system.storePath.timeoutNanoseconds, requestRetry: retry(system.storePath.retry),
            deduplicates: system.deduplication.servers, connection: connection(system.connection),
            storeWriter: system.storePath.writer == .dedicated ? .dedicated : .asynchronous,
            replayPeriodNanoseconds: system.storePath.replayPeriodNanoseconds, sharding: sharding(system),
            groups: groups, cacheMapping: cacheMapping(system))
        configuration.presence = presence
        configuration.closesSilent = system.connection.model != .websocket || system.sendsHeartbeats
        configuration.mailboxesMax = system.mailboxesMax.map { Int($0) }
        configuration.retentionNanoseconds = system.offline.retentionNanoseconds
        return configuration
    }

    private static func client(_ scenario: Scenario, _ presence: PresenceConfiguration?) -> ClientConfiguration {
        let system = scenario.system
        let life = signsOfLife(system)
        var configuration = ClientConfiguration(
            sequencing: system.sequencing == .perUserSequence ? .perUserSequence : .serverTimestamp,
            inFlightMax: Int(system.clientInFlightMax), retry: retry(system.clientRetry),
            reconnect: retry(system.clientReconnect),
            connectTimeoutNanoseconds: system.clientConnectTimeoutNanoseconds,
            heartbeatPeriodNanoseconds: life.periodNanoseconds,
            heartbeatTimeoutNanoseconds: life.timeoutNanoseconds, deduplicates: system.deduplication.devices,
            connection: connection(system.connection), asksForAnother: balancing(system).offersOthers,
            pages: pages(scenario), confirmsPlaces: confirmsPlaces(system))
        configuration.presence = presence
        configuration.sendsHeartbeats = system.sendsHeartbeats
        configuration.isRetentionLimited = system.offline.retentionNanoseconds != nil
        configuration.media = media(system)
        return configuration
    }

    private static func acknowledge(_ mode: SystemModel.Acknowledge) -> AcknowledgeMode {
        switch mode {
        case .afterReceive: .afterReceive
        case .afterLog: .afterLog
        case .afterStore: .afterStore
        }
    }

    static func retry(_ model: RetryModel) -> RetryPolicy {
        RetryPolicy(
            firstNanoseconds: model.firstNanoseconds, factorThousandths: model.factorThousandths,
            maxNanoseconds: model.maxNanoseconds, jitterPartsPerBillion: model.jitterPartsPerBillion,
            attemptsMax: UInt32(model.attemptsMax))
    }

    private static func link(_ model: NetworkModel.Link) -> Link {
        Link(
            latencyNanoseconds: distribution(model.latencyNanoseconds),
            loss: Probability(partsPerBillion: model.lossPartsPerBillion), bytesPerSecond: model.bytesPerSecond)
    }

    static func distribution(_ model: DistributionModel) -> Distribution {
        switch model {
        case .constant(let value): .constant(value)
        case .uniform(let from, let to): .uniform(from: from, to: to)
        case .exponential(let mean, let floor): .exponential(mean: mean, floor: floor)
        case .lognormal(let median, let p99, let floor): .lognormal(median: median, p99: p99, floor: floor)
        case .weibull(let scale, let shape, let floor):
            .weibull(scale: scale, shape: Double(shape) / 1000, floor: floor)
        }
    }

    private static func action(_ step: ScriptStep) -> ScriptedAction {
        let action: ScriptedAction.Action =
            switch step.action {
            case .connect: .connect
            case .disconnect: .disconnect
            case .openChat(let user): .openChat(with: UserID(UInt32(user)))
            case .read(let reading): .read(wish(reading))
            case .readRecent: .readRecent
            case .send(_, let recipient, let bytes):
                .send(to: UserID(UInt32(recipient)), contentBytes: UInt32(bytes))
            case .sendToGroup, .changeGroup: threadAction(step)
            }
        return ScriptedAction(
            timeNanoseconds: step.timeNanoseconds,
            device: DeviceID(user: UserID(UInt32(step.user)), index: UInt8(step.device)), action: action)
    }
}
