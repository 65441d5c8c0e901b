internal import Chat
public import Scenario
internal import World

/// What a run will take of the machine, told before it begins, so that a world that is too large is refused rather than killed.
///
/// The bytes of connections and of devices at rest follow from how they are stored. The other figures were measured on x86-64 and rounded up:
/// they are good to a third.
public struct ResourceEstimate: Hashable, Sendable {
    /// A part of the memory.
    public struct Part: Hashable, Sendable {
        /// What takes it.
        public let name: String
        /// How much, in bytes.
        public let bytes: UInt64
    }

    /// The parts of the memory, the same in every run of the scenario.
    public let parts: [Part]
    /// How many connections there are.
    public let connectionCount: UInt64
    /// How many messages populations send.
    public let messageCount: UInt64
    /// How many connections devices lose with chat servers, as faults say, and open anew.
    public let reconnectCount: UInt64
    /// How many connections chat servers close because their users' own servers are back, as faults say.
    public let returnCount: UInt64
    /// How many statuses reach devices because a friend comes or goes.
    public let statusCount: UInt64
    /// How many events there are because users come and go, ask who is online and are told, while populations are not stopped.
    public let sessionEventCount: UInt64
    /// About how many events a message takes, by the parts of the system that it passes.
    public let eventsPerMessage: Double

    /// The memory in all, in bytes.
    public var bytes: UInt64 { parts.reduce(0) { $0 + $1.bytes } }

    /// The memory without what messages come to take, in bytes: that of the world when the run begins.
    public var worldBytes: UInt64 { bytes - (parts.first { $0.name == Self.messages }?.bytes ?? 0) }

    /// What the program takes without any world, in bytes.
    public static let programBytes: UInt64 = 40_000_000

    /// About how long it takes to build the world, in seconds of one core.
    public var buildSeconds: Double { Double(connectionCount) * 50e-9 }
    /// About how long it takes to run it, in seconds of one core.
    public var runSeconds: Double {
        (Double(messageCount) * eventsPerMessage + Double(reconnectCount) * Self.eventsPerReconnect
            + Double(returnCount) * Self.eventsPerReturn + Double(sessionEventCount)) * secondsPerEvent
    }

    /// What an event takes of one core: more where the world is much larger than the caches of a processor.
    private var secondsPerEvent: Double { bytes < 1 << 30 ? 1.2e-6 : 2.3e-6 }

    /// How many connections fit into so much memory, if there are more or fewer of the same kind; zero if not one.
    public func connectionsThatFit(inBytes limit: UInt64) -> UInt64 {
        guard connectionCount > 0 else { return 0 }
        let fixed = parts.filter { !Self.scaling.contains($0.name) }.reduce(0) { $0 + $1.bytes }
        let scaled = Double(bytes - fixed) / Double(connectionCount)
        return limit > fixed ? UInt64(Double(limit - fixed) / scaled) : 0
    }

    /// The estimate for a scenario.
    public init(of scenario: Scenario) {
        var (connections, rests, awake, blocks, messages) = (0.0, 0.0, 0.0, 0.0, 0.0)
        let nanoseconds = Double(scenario.populationsStopNanoseconds)
        let seconds = nanoseconds / 1e9
        for population in Assembly.populations(of: scenario) {
            let devices = Double(population.userCount) * Double(population.deviceCount)
            connections += devices
            if population.startsConnected { rests += devices } else { awake += devices }
            blocks += (Double(population.userCount) / Double(Population.usersPerBlock)).rounded(.up)
            messages += Double(population.userCount) * nanoseconds / population.meanGapNanoseconds
        }
        let load = SessionLoad(of: scenario)
        let underWay = load.statusesPerSecond * min(seconds, Self.statusUnderWaySeconds)
        let reconnects = Self.lostConnections(of: scenario, connectionCount: connections)
        let returns = Self.returnedConnections(of: scenario, connectionCount: connections)
        let system = scenario.system
        let furtherCopies = Double(max(1, system.replication?.copies ?? 1) - 1)
        let stored = (system.cache == nil ? 0 : Self.cacheBytesPerMessage) + furtherCopies * Self.copyBytesPerMessage
        eventsPerMessage =
            Self.plainEventsPerMessage + (system.cache == nil ? 0 : Self.cacheEventsPerMessage)
            + furtherCopies * Self.copyEventsPerMessage
        // A table that fills one by one may have room for a quarter more; where users move, so may those of the other servers, which take over while
        // the memory of the lost ones lies in pieces.
        let growing = 13.7 * (system.balancing.healthChecks == nil ? reconnects / 4 : connections / 4 + reconnects)
        // Whom the judge takes for the owner of whom, in a table that doubles.
        let owned = system.balancing.healthChecks != nil && scenario.isJudgedWhileItRuns ? 60.0 : 0
        let noted = scenario.system.sendsHeartbeats ? 8.0 : 0
        let judged = scenario.isJudgedWhileItRuns ? 1300.0 : 2500
        let servers = Double(scenario.system.chatServers.count) + Double(scenario.system.storage.count)
        connectionCount = UInt64(connections)
        messageCount = UInt64(messages)
        reconnectCount = UInt64(reconnects)
        returnCount = UInt64(returns)
        statusCount = UInt64(load.statusesPerSecond * seconds)
        sessionEventCount = UInt64(load.eventsPerSecond * seconds)
        func part(_ name: String, _ bytes: Double) -> Part { Part(name: name, bytes: UInt64(bytes)) }
        parts = [
            part(Self.tables, connections * (12 + noted) * 8 / 7), part(Self.resting, rests * 8),
            part(Self.devices, awake * 1100), part(Self.blocks, blocks * 6000 + load.onlineBytes),
            part(Self.reconnects, reconnects > 0 ? reconnects * (Self.bytesPerReconnect + owned) + growing : 0),
            part(Self.returns, returns * Self.bytesPerReturn),
            part(Self.logins, load.loginsPerSecond * seconds * Self.bytesPerReconnect),
            part(
                Self.statuses,
                underWay * Self.bytesPerStatusUnderWay + load.delayedCount * Self.bytesPerDelayedBroadcast),
            part(Self.messages, messages * (judged + stored)),
            part("servers", servers * 8000), part("program", Double(Self.programBytes)),
        ]
    }

    private static let tables = "connection tables"
    private static let resting = "devices at rest"
    private static let devices = "devices with their mailboxes"
    private static let blocks = "groups of 4096 users"
    private static let reconnects = "devices that connect again"
    private static let returns = "devices that are sent home at once"
    private static let logins = "logins of users who come"
    private static let statuses = "statuses under way"
    private static let messages = "messages"
    /// The parts that grow with the number of connections.
    private static let scaling: Set<String> = [
        tables, resting, devices, blocks, reconnects, returns, logins, statuses, messages,
    ]
    /// Of a message between two users of different chat servers, with the loading of both mailboxes.
    private static let plainEventsPerMessage = 18.0
    /// Of the same where a cache server stands between chat servers and storage, beyond those.
    private static let cacheEventsPerMessage = 10.0
    /// Of each copy of the rows beyond the first.
    private static let copyEventsPerMessage = 13.0
    private static let cacheBytesPerMessage = 400.0
    private static let copyBytesPerMessage = 400.0
    /// Of a device that loses its connection and opens another, with the loading of the mailbox.
    private static let eventsPerReconnect = 9.0
    /// Of a device that loses its connection and opens another: its login in the memory of its storage server, 25 to 31; the time for which it
    /// waits, 8 to 16 bytes; what the judge knows of those that connected lately, 8; and its share of the devices of its group that are awake at a
    /// time, of their messages and of the connections that these are on.
    private static let bytesPerReconnect = 56.0
    /// Of a device that is sent home, with the giving up of the mailbox.
    private static let eventsPerReturn = 15.0
    /// Of a device that is sent home, with all others of its server in a moment: the word to it, an event of 64 bytes; what its server keeps of
    /// the order of messages to it, 105; and what is observed of it, three times 80 bytes at the most on the way to the judge.
    private static let bytesPerReturn = 350.0

    /// How long a status is under way to a device, with what the queue of events and the table of links take for it meanwhile.
    private static let statusUnderWaySeconds = 0.04
    private static let bytesPerStatusUnderWay = 240.0
    private static let bytesPerDelayedBroadcast = 160.0

    /// How many connections devices lose with chat servers by faults that they notice, if each server had its share of all.
    private static func lostConnections(of scenario: Scenario, connectionCount: Double) -> Double {
        var lostServers = 0.0
        for case .crash(.chatServer, _, _, _, _?) in scenario.faults { lostServers += 1 }
        return connectionCount * lostServers / Double(scenario.system.chatServers.count)
    }

    /// How many connections chat servers close because lost servers are back, to which the users belong.
    private static func returnedConnections(of scenario: Scenario, connectionCount: Double) -> Double {
        guard scenario.system.balancing.healthChecks != nil else { return 0 }
        var lostServers = 0.0
        for case .crash(.chatServer, _, let end?, _, _?) in scenario.faults where end < scenario.durationNanoseconds {
            lostServers += 1
        }
        return connectionCount * lostServers / Double(scenario.system.chatServers.count)
    }
}
