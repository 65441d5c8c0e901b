public import Simulation

/// Messages from some processes to others fare badly for a time.
///
/// The fault strikes what is sent while it lasts; what is on its way already arrives. The order of a connection is kept; what stands for
/// itself is in ``StandaloneRequests``.
public struct LinkFault: Hashable, Sendable {
    /// What happens to a message.
    public enum Effect: Hashable, Sendable {
        /// It is lost with this probability: a partition of the network if that is one.
        case loss(Probability)
        /// It takes so much longer, in nanoseconds.
        case delay(Distribution)
        /// It is held until the fault ends.
        case hold
        /// If it is a request that stands for itself, it arrives a second time with this probability, so many nanoseconds later.
        case duplicate(Probability, laterNanoseconds: Distribution)
        /// If it is a request that stands for itself, it goes another way with this probability, which takes so many nanoseconds longer.
        case detour(Probability, laterNanoseconds: Distribution)
    }

    /// Who sends.
    public let sources: [Endpoint]
    /// Who is sent to.
    public let targets: [Endpoint]
    /// When it begins, in nanoseconds.
    public let startNanoseconds: UInt64
    /// When it has ended, in nanoseconds.
    public let endNanoseconds: UInt64
    /// What happens to a message.
    public let effect: Effect

    /// Describes a fault of links.
    public init(
        sources: [Endpoint], targets: [Endpoint], startNanoseconds: UInt64, endNanoseconds: UInt64, effect: Effect
    ) {
        self.sources = sources
        self.targets = targets
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = endNanoseconds
        self.effect = effect
    }
}
