import Simulation

/// The faults of links, in terms of processes.
struct LinkFaultTable: Sendable {
    private struct Rule: Sendable {
        let sources: [Range<UInt32>]
        let targets: [Range<UInt32>]
        let window: Range<UInt64>
        let effect: LinkFault.Effect
    }

    /// What faults do to a message.
    struct Verdict: Hashable {
        var isLost = false
        /// How much longer it takes, in nanoseconds.
        var delayNanoseconds: UInt64 = 0
        /// It arrives no earlier than this.
        var heldUntilNanoseconds: UInt64 = 0
        /// It goes another way, which takes so much longer, in nanoseconds; nothing if it goes the usual way.
        var detourNanoseconds: UInt64?
        /// It arrives a second time, so much later, in nanoseconds; nothing if it arrives once.
        var copyNanoseconds: UInt64?
    }

    private let rules: [Rule]

    init(_ faults: [LinkFault], processes: ProcessTable) {
        rules = faults.map { fault in
            Rule(
                sources: fault.sources.map(processes.processes(at:)),
                targets: fault.targets.map(processes.processes(at:)),
                window: fault.startNanoseconds..<max(fault.startNanoseconds, fault.endNanoseconds),
                effect: fault.effect)
        }
    }

    /// Draws what faults do to a message. Once one loses it, no other is asked.
    ///
    /// - Parameter isStandalone: Whether it is a request that stands for itself.
    /// - Complexity: O(faults).
    func verdict(
        from source: UInt32, to target: UInt32, isStandalone: @autoclosure () -> Bool, atNanoseconds now: UInt64,
        drawing stream: inout RandomStream
    ) -> Verdict {
        var verdict = Verdict()
        for rule in rules where rule.window.contains(now) {
            guard rule.sources.contains(where: { $0.contains(source) }),
                rule.targets.contains(where: { $0.contains(target) })
            else { continue }
            switch rule.effect {
            case .loss(let probability):
                guard !probability.happens(drawing: &stream) else {
                    verdict.isLost = true
                    return verdict
                }
            case .delay(let distribution): verdict.delayNanoseconds += distribution.sample(drawing: &stream)
            case .duplicate(let probability, let later):
                guard isStandalone(), probability.happens(drawing: &stream) else { continue }
                verdict.copyNanoseconds = later.sample(drawing: &stream)
            case .detour(let probability, let later):
                guard isStandalone(), probability.happens(drawing: &stream) else { continue }
                verdict.detourNanoseconds = later.sample(drawing: &stream)
            case .hold: verdict.heldUntilNanoseconds = max(verdict.heldUntilNanoseconds, rule.window.upperBound)
            }
        }
        return verdict
    }
}
