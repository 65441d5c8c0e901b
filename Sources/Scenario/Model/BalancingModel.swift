/// How users are mapped to chat servers.
public struct BalancingModel: Hashable, Sendable {
    /// How keys are mapped to servers.
    public enum Law: Hashable, Sendable { case modulo, consistent, leastLoadedOfTwo }

    /// How users are mapped to chat servers.
    public let law: Law
    /// Whether a chat server refuses connections beyond its limit.
    public let isAdmissionControlled: Bool

    /// Puts the choices together.
    public init(law: Law, isAdmissionControlled: Bool) {
        self.law = law
        self.isAdmissionControlled = isAdmissionControlled
    }
}

extension BalancingModel {
    /// Reads the keys of the section `chat_servers` that are about balancing.
    static func read(_ reader: SectionReader) -> BalancingModel {
        BalancingModel(
            law: reader.optional(
                "balancing", .law, default: "modulo",
                "How users are mapped to chat servers: `modulo`; `consistent`, a ring of hashes; "
                    + "`least_loaded_of_two`, two hashes of which the less loaded server counts."),
            isAdmissionControlled: reader.optional(
                "admission", .choice([("on", true), ("off", false)]), default: "on",
                "Whether a server refuses connections beyond `connections_each`."))
    }
}

extension ValueKind where Value == BalancingModel.Law {
    /// How keys are mapped to the servers of a tier.
    static var law: ValueKind {
        .choice([("modulo", .modulo), ("consistent", .consistent)])
    }
}
