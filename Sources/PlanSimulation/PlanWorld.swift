internal import Foundation
public import Plan
public import Scenario

/// A plan as a world to run: the same components that scenarios run, with the plan's rates, costs and limits, and fewer users.
///
/// Servers stay what they are, and each keeps its share of the load: a world of a thousandth has a thousandth of the users and of the servers. That
/// latencies, utilisations and the spread of users over servers then are those of the full system is shown up to 500 million connections in
/// `docs/full-scale.md`.
///
/// A message of the plan goes to several receivers; in the world each of those deliveries is a message of its own, from one device to one other.
public struct PlanWorld: Hashable, Sendable {
    /// How many times the plan is larger than the world; one if the world has everybody.
    public let scale: Double
    /// The connections, each of a user with one device.
    public let connectionCount: Int
    /// The chat servers.
    public var chatServerCount: Int
    /// The storage servers.
    public var storageServerCount: Int
    /// The messages that are sent in a second, in the busiest hour of the busiest day.
    public let messagesPerSecond: Double
    /// How long users write, in seconds; the world runs on until what they wrote has arrived.
    public let durationSeconds: Double

    /// What the world takes over from the plan as it is.
    private let plan: Plan
    /// How long messages are given to arrive after the last was written, in seconds.
    static let settleSeconds = 5.0

    /// The world of a plan in a year.
    ///
    /// - Parameters:
    ///   - users: How many users there are.
    ///   - chatServers: How many chat servers the plan has.
    ///   - storageServers: How many storage servers it has.
    public init(of plan: Plan, users: Double, chatServers: Double, storageServers: Double) {
        self.plan = plan
        let demand = plan.demand
        let connections = users * demand.concurrentShare.value * demand.devicesPerUser.value
        scale = max(1, connections / plan.simulation.connections.value)
        connectionCount = max(2, Int((connections / scale).rounded()))
        chatServerCount = max(1, Int((chatServers / scale).rounded()))
        storageServerCount = min(1000, max(1, Int((storageServers / scale).rounded())))
        messagesPerSecond =
            users * demand.messagesPerDay.value / 86_400 * demand.deliveriesPerMessage.value
            * demand.peak.hour.value * demand.peak.day.value / scale
        durationSeconds = plan.simulation.durationSeconds.value
    }

    /// The scenario file.
    public var text: String {
        let policies = plan.policies
        let costs = plan.costs
        // Mailboxes are forgotten where that is possible: a server of a full system has far more users than mailboxes in use.
        let forgets = policies.acknowledge.value != .afterStore
        return """
            # A world for the plan "\(PlanWorld.comment(plan.name))", \(scale > 1 ? "one of \(PlanWorld.number(scale)) parts of it" : "at its own size").
            confab: 1
            name: a plan as a world
            duration: \(PlanWorld.time(durationSeconds + Self.settleSeconds))
            settle: \(PlanWorld.time(Self.settleSeconds))
            system:
              chat_servers:
                count: \(chatServerCount)
                cores: \(PlanWorld.whole(plan.hardware.chatServer.cores.value))
                connections_each: \(PlanWorld.whole(policies.chatServers.connectionsEach.value))
                cpu_per_message: 0us
                cpu_per_connection: \(PlanWorld.time(costs.cpuPerConnect.value))
                acknowledge: \(policies.acknowledge.value.rawValue)\(logSync)
                balancing: \(isHashed ? "hash" : "modulo")
                admission: off\(forgets ? "\n    mailboxes_max: 64" : "")
              sequencing: { mode: per_user_sequence }
              heartbeat: { sent: off }
              storage:
                servers: \(storageServerCount)
                cores: \(PlanWorld.whole(costs.storageHandlers.value))
                cpu_per_request: 0us
                log_sync: \(PlanWorld.time(costs.logSyncSeconds.value))
              costs:
                chat_server: { submit: \(PlanWorld.time(costs.cpuPerSend.value))\(forward) }
                storage: { put: \(PlanWorld.time(costs.storageWriteMeanSeconds.value)) }
            network:
              last_mile: { latency: \(PlanWorld.halfOf(costs.mobileRoundTripSeconds.value, sigma: costs.mobileSigma.value)) }
              data_center: { latency: \(PlanWorld.halfOf(costs.dataCenterRoundTripSeconds.value, sigma: costs.dataCenterSigma.value)) }
            populations:
              everyone:
                users: \(connectionCount)
                gap: { exponential: { mean: \(PlanWorld.time(Double(connectionCount) / messagesPerSecond)) } }
                message_size: \(PlanWorld.whole(plan.demand.messages.storedBytes.value))B
                starts: connected

            """
    }

    /// The world, ready to run.
    ///
    /// - Throws: ``DocumentErrors`` if the plan asks for what no scenario can have, such as a time out of its range.
    public func scenario() throws -> Scenario { try Scenario.load(text: text, file: "the world of \(plan.file)") }

    /// Whether users are put on servers by a hash; else they are dealt out evenly, as the emptier of two servers nearly does.
    public var isHashed: Bool { plan.policies.chatServers.placement.value == .hash }

    /// A single chat server hands messages on to nobody.
    private var forward: String {
        chatServerCount > 1 ? ", forward: \(PlanWorld.time(plan.costs.cpuPerDelivery.value))" : ""
    }

    private var logSync: String {
        plan.policies.acknowledge.value == .afterLog
            ? "\n    log_sync: \(PlanWorld.time(plan.costs.logSyncSeconds.value))" : ""
    }

    /// One way of a round trip whose time is lognormal.
    static func halfOf(_ roundTripSeconds: Double, sigma: Double) -> String {
        let median = roundTripSeconds / 2
        return "{ lognormal: { median: \(time(median)), p99: \(time(median * exp(2.326_347_874 * sigma))) } }"
    }

    /// A time as scenario files have it, to the nanosecond.
    static func time(_ seconds: Double) -> String { "\(UInt64((seconds * 1e9).rounded()))ns" }

    static func whole(_ value: Double) -> String { "\(UInt64(max(1, value.rounded())))" }

    private static func number(_ value: Double) -> String { "\(Int(value.rounded()))" }

    /// A text that cannot end the comment that it stands in.
    private static func comment(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 32 ? " " : Character($0) })
    }
}
