internal import Plan
internal import Reporting

extension Finding {
    /// What is lost, or made worse, when something fails.
    static func failures(_ sizing: Sizing) -> [Finding] {
        [atRisk(sizing), retryStorm(sizing)].compactMap(\.self)
    }

    /// Accepted messages are nowhere but in memory.
    private static func atRisk(_ sizing: Sizing) -> Finding? {
        let reliability = sizing.last.reliability
        guard let all = reliability.messagesAtRisk, let one = reliability.messagesAtRiskOfOne,
            let buffer = sizing.plan.policies.writeBufferSeconds
        else { return nil }
        return Finding(
            identifier: "acknowledged-at-risk", severity: .critical, title: "Accepted messages can be lost",
            text:
                "A sender is told that his message is accepted before it is stored. What waits \(ReportNumber(buffer.value, "s").text) in memory is "
                + "\(all.text) at the peak, \(one.text) on each chat server: a crash loses them, and nobody is told. "
                + "`policies.acknowledge: after_log` costs \(ReportNumber(sizing.plan.costs.logSyncSeconds.value, "s").text) a message.",
            figures: [all, one])
    }

    /// Retries turn an outage into an overload.
    private static func retryStorm(_ sizing: Sizing) -> Finding? {
        let reliability = sizing.last.reliability
        guard let worst = reliability.retries.last,
            let use = sizing.last.chatServers.uses.first(where: { $0.resource == .cpu })
        else { return nil }
        let load = Figure("use of the CPU if every attempt fails", "ratio", use.share * worst.attempts)
        guard load.value > 1 else { return nil }
        return Finding(
            identifier: "retry-storm", severity: .critical, title: "Retries turn an outage into an overload",
            text: "If every attempt fails, a request becomes \(worst.attempts.text), and the chat servers would need "
                + "\(percent(load.value)) of their CPU. A retry budget bounds it to \(reliability.attemptsWithBudget.text).",
            figures: [worst.attempts, load, reliability.attemptsWithBudget])
    }
}
