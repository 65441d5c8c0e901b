extension Judge {
    /// The earliest violation that nothing can repair any more, and of which invariant; of several at the same time that of the first
    /// invariant.
    ///
    /// - Parameter invariants: Those that are looked at.
    public func firstFinalViolation(
        of invariants: [Invariant]
    ) -> (invariant: Invariant, violation: Violation)? {
        invariants.enumerated().filter { $0.element.isFinal(isSequenced: isSequenced) }.compactMap { index, invariant in
            judge(invariant).violations.first.map { ($0.timeNanoseconds, index, $0) }
        }.min { ($0.0, $0.1) < ($1.0, $1.1) }.map { (invariants[$0.1], $0.2) }
    }
}

extension Invariant {
    /// Whether what a run has done so far can violate it for good, however the run goes on: whether it forbids something rather than promising
    /// something that is still to come.
    ///
    /// - Devices show more and more, and never take anything back: two messages in a wrong order, or one that is shown twice, stay so.
    /// - A number that is given twice or shown after a gap stays so. A number that nobody has may still be given; of a run that is not over
    ///   that is not judged (see ``Judge``).
    /// - A server that held too many connections, and a write that was accepted from one who no longer owned a mailbox, are facts.
    /// - A reading that is over does not change. Whether it misses what was accepted may depend on places that are known only later, so that
    ///   `read_your_writes` is not among these; and a walk over pages is judged when it is over, later than its wrong row was seen, so that
    ///   `pages_complete` is not either.
    ///
    /// - Parameter isSequenced: Whether users have an order of their own. Else messages sort by timestamps, which may be given again.
    public func isFinal(isSequenced: Bool) -> Bool {
        switch self {
        case .noDuplicates, .sameOrderOnAllDevices, .sameOrderForBothUsers, .sequenceGapFree, .senderFIFO,
            .capacityRespected, .oneOwner, .groupOrder, .atomicIndices:
            true
        case .noReorderAfterDisplay: isSequenced
        case .noLoss, .offlineComplete, .durableAfterAck, .conservation, .failedLogDrains, .shardMoveLossless,
            .replicasAgree, .presenceSettles, .presenceNoFlap, .pagesComplete, .groupSameSet, .cacheCoherent,
            .readYourWrites:
            false
        }
    }
}
