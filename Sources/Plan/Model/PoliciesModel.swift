internal import Language

/// How the system is built.
public struct PoliciesModel: Hashable, Sendable {
    /// How chat servers are filled and how many are spare.
    public let chatServers: ChatServersPolicy
    /// What stands in front of them.
    public let loadBalancers: LoadBalancersPolicy
    /// How clients are connected.
    public let transport: TransportPolicy
    /// How users learn who is online.
    public let presence: PresencePolicy
    /// How messages are kept.
    public let storage: StoragePolicy
    /// What is kept in memory.
    public let cache: CachePolicy
    /// Where photos and videos are kept.
    public let media: MediaPolicy
    /// When a sender is told that his message is accepted, and what then is at risk.
    public let acknowledge: Sourced<AcknowledgePolicy>
    /// How long an accepted message may wait in a server's memory until it is stored, in seconds; nothing if it is logged or stored first.
    public let writeBufferSeconds: Sourced<Double>?
    /// How often failed requests are tried again.
    public let retry: RetryPolicyModel
}

/// When a sender is told that his message is accepted.
public enum AcknowledgePolicy: String, Hashable, Sendable, CaseIterable {
    /// When the chat server has it in memory.
    case afterReceive = "after_receive"
    /// When the chat server has it on a log of its own.
    case afterLog = "after_log"
    /// When the storage has it.
    case afterStore = "after_store"
}

/// How often failed requests are tried again.
public struct RetryPolicyModel: Hashable, Sendable {
    /// How often a request is tried in all.
    public let attempts: Sourced<Double>
    /// How many layers each try again.
    public let layers: Sourced<Double>
    /// Which share of requests may be repeats, where a budget bounds them.
    public let budget: Sourced<Double>
}

extension PoliciesModel {
    /// The section `policies`.
    static func read(_ reader: PlanReader) -> PoliciesModel {
        let acknowledge = reader.choice(
            "acknowledge", AcknowledgePolicy.allCases.map { ($0.rawValue, $0) }, default: "after_receive",
            .read("the source design: \"we do not need to wait for storing the message in the database\""),
            "When a sender is told that his message is accepted.")
        var buffer: Sourced<Double>?
        if acknowledge.value == .afterReceive {
            buffer = reader.number(
                "write_buffer", .seconds(1_000_000...3_600_000_000_000), unit: "s", default: "5s",
                .estimate("a background write that collects requests"),
                "How long an accepted message may wait in a server's memory until it is stored.")
        } else {
            reader.section.rejectIfGiven("write_buffer", because: "nothing is accepted before it is on a disk")
        }
        return PoliciesModel(
            chatServers: reader.section(
                "chat_servers", "How chat servers are filled and how many are spare.", ChatServersPolicy.read),
            loadBalancers: reader.section(
                "load_balancers", "What stands in front of the chat servers.", LoadBalancersPolicy.read),
            transport: reader.section("transport", "How clients are connected.", TransportPolicy.read),
            presence: reader.section("presence", "How users learn who is online.", PresencePolicy.read),
            storage: reader.section("storage", "How messages are kept.", StoragePolicy.read),
            cache: reader.section("cache", "What is kept in memory.", CachePolicy.read),
            media: reader.section("media", "Where photos and videos are kept.", MediaPolicy.read),
            acknowledge: acknowledge, writeBufferSeconds: buffer,
            retry: reader.section("retry", "How often failed requests are tried again.", RetryPolicyModel.read))
    }
}

extension RetryPolicyModel {
    fileprivate static func read(_ reader: PlanReader) -> RetryPolicyModel {
        let source = Reference.read("Site Reliability Engineering (2016), handling overload")
        return RetryPolicyModel(
            attempts: reader.number(
                "attempts", .count(1...100), unit: "attempts", default: "3", source,
                "How often a request is tried in all."),
            layers: reader.number(
                "layers", .count(1...10), unit: "layers", default: "1",
                .estimate("clients only"), "How many layers of the system each try again."),
            budget: reader.number(
                "budget", .share(0...1_000_000_000), unit: "ratio", default: "10%", source,
                "Which share of all requests may be repeats, where a budget bounds them."))
    }
}
