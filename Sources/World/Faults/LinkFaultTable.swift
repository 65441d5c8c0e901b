import Simulation

/// The faults of links, in terms of processes.
struct LinkFaultTable: Sendable {
    private struct Rule: Sendable {
        let sources: [Range<UInt32>]
        let targets: [Range<UInt32>]
        let window: Range<UInt64>
        let loss: Probability
    }

    private let rules: [Rule]

    init(_ faults: [LinkFault], processes: ProcessTable) {
        rules = faults.map { fault in
            Rule(
                sources: fault.sources.map(processes.processes(at:)),
                targets: fault.targets.map(processes.processes(at:)),
                window: fault.startNanoseconds..<max(fault.startNanoseconds, fault.endNanoseconds),
                loss: Probability(partsPerBillion: fault.lossPartsPerBillion))
        }
    }

    /// Draws whether a fault strikes a message.
    ///
    /// - Complexity: O(faults).
    func strikes(
        from source: UInt32, to target: UInt32, atNanoseconds now: UInt64, drawing stream: inout RandomStream
    ) -> Bool {
        for rule in rules where rule.window.contains(now) {
            guard rule.sources.contains(where: { $0.contains(source) }),
                rule.targets.contains(where: { $0.contains(target) })
            else { continue }
            if rule.loss.happens(drawing: &stream) { return true }
        }
        return false
    }
}
