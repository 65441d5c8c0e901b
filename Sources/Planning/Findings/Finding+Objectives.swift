internal import Foundation
internal import Plan
internal import Reporting

extension Finding {
    /// The objectives that are missed.
    static func objectives(_ sizing: Sizing, latency: LatencySizing) -> [Finding] {
        [durability(sizing), availability(sizing), delivery(sizing, latency)].compactMap(\.self)
    }

    private static func durability(_ sizing: Sizing) -> Finding? {
        let reliability = sizing.last.reliability
        let nines = sizing.plan.objectives.durabilityNines.value
        let limit = pow(10, -nines)
        let own = reliability.chosen
        guard own.lossProbability.value > limit else { return nil }
        let enough = reliability.options.filter { $0.lossProbability.value <= limit }
            .min { $0.rawBytes.value < $1.rawBytes.value }
        let advice =
            enough.map {
                "\($0.name) would do: \(NumberText.significant($0.lossProbability.value, digits: 2)) with \($0.rawBytes.text)."
            }
            ?? "None of the usual ways does; faster repairs help."
        return Finding(
            identifier: "durability", severity: .critical, title: "Stored messages are not safe enough",
            text:
                "With \(own.name) and \(reliability.repairSeconds.text) to repair a shard, some shard is lost in a year with "
                + "\(NumberText.significant(own.lossProbability.value, digits: 2)); \(NumberText.automatic(nines)) nines allow "
                + "\(NumberText.significant(limit, digits: 2)). \(advice)",
            figures: [own.meanSecondsToLossOfOne, own.meanSecondsToLoss, own.lossProbability]
                + (enough.map { [$0.lossProbability] } ?? []))
    }

    private static func availability(_ sizing: Sizing) -> Finding? {
        let reliability = sizing.last.reliability
        let objective = sizing.plan.objectives.availability
        guard reliability.availability.value < objective.value else { return nil }
        let allowed = Figure(
            "time without the system that is allowed", "s",
            (Term.constant(1) - objective) * Term.constant(31_536_000))
        return Finding(
            identifier: "availability", severity: .critical, title: "Users are without the system for too long",
            text:
                "A user is without the system for \(reliability.downtimeSeconds.text) in a year; \(allowed.text) are allowed.",
            figures: [reliability.downtimeSeconds, reliability.availability, allowed])
    }

    private static func delivery(_ sizing: Sizing, _ latency: LatencySizing) -> Finding? {
        let objectives = sizing.plan.objectives
        guard let delivery = latency.delivery, let median = delivery.percentile(50), let high = delivery.percentile(99)
        else {
            return Finding(
                identifier: "delivery", severity: .critical, title: "Chat servers do not keep up",
                text: "Their cores would be busy for \(percent(latency.chatServerUse.value)) of the time.",
                figures: [latency.chatServerUse])
        }
        guard median.value > objectives.deliveryMedianSeconds.value || high.value > objectives.deliveryP99Seconds.value
        else {
            return nil
        }
        return Finding(
            identifier: "delivery", severity: .critical, title: "Messages arrive too late",
            text:
                "Half of the messages take more than \(median.text), where \(ReportNumber(objectives.deliveryMedianSeconds.value, "s").text) are allowed, "
                + "and one in a hundred more than \(high.text), where \(ReportNumber(objectives.deliveryP99Seconds.value, "s").text) are.",
            figures: [median, high])
    }
}
