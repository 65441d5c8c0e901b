internal import Language

/// What the system has to keep to.
public struct ObjectivesModel: Hashable, Sendable {
    /// How many years are planned.
    public let years: Sourced<Double>
    /// The time from sending to display that half of the messages may take, in seconds.
    public let deliveryMedianSeconds: Sourced<Double>
    /// The time that 99 of 100 messages may take, in seconds.
    public let deliveryP99Seconds: Sourced<Double>
    /// The share of the time for which a user can use the system.
    public let availability: Sourced<Double>
    /// With n nines, the probability that anything stored is lost in a year is at most 10^-n.
    public let durabilityNines: Sourced<Double>
    /// The share of the connections of each server that is kept free while no zone is lost.
    public let headroom: Sourced<Double>
    /// Within which time all clients have to be back after a zone is lost, in seconds.
    public let reconnectSeconds: Sourced<Double>
    /// How much of each resource of a server may be used at the daily peak.
    public let utilisation: UtilisationModel
}

/// How much of each resource of a server may be used at the daily peak.
public struct UtilisationModel: Hashable, Sendable {
    /// Of the cores.
    public let cpu: Sourced<Double>
    /// Of the memory.
    public let memory: Sourced<Double>
    /// Of the network.
    public let network: Sourced<Double>
    /// Of the disks, so that compaction has room.
    public let disk: Sourced<Double>
}

extension ObjectivesModel {
    /// The section `objectives`.
    static func read(_ reader: PlanReader) -> ObjectivesModel {
        let time: NumberKind = .seconds(1_000_000...86_400_000_000_000)
        return ObjectivesModel(
            years: reader.number(
                "years", .count(1...20), unit: "years", default: "5", .read("the source design: \"for five years\""),
                "How many years are planned."),
            deliveryMedianSeconds: reader.number(
                "delivery_median", time, unit: "s", default: "200ms", .estimate("what feels immediate"),
                "The time from sending to display that half of the messages may take."),
            deliveryP99Seconds: reader.number(
                "delivery_p99", time, unit: "s", default: "1s", .estimate("what does not interrupt a thought"),
                "The time that 99 of 100 messages may take."),
            availability: reader.number(
                "availability", .share(500_000_000...999_999_999), unit: "ratio", default: "99.99%",
                .estimate("an hour a year"), "The share of the time for which a user can use the system."),
            durabilityNines: reader.number(
                "durability_nines", .count(1...20), unit: "nines", default: "6",
                .estimate("one year in a million with a loss"),
                "With n nines, the probability that anything stored is lost in a year is at most 10^-n."),
            headroom: reader.number(
                "headroom", .share(0...900_000_000), unit: "ratio", default: "20%",
                .estimate("growth while servers are ordered, and a day that is busier than planned"),
                "The share of the connections of each server that is kept free while no zone is lost."),
            reconnectSeconds: reader.number(
                "reconnect", time, unit: "s", default: "5min",
                .estimate("a tenth of the outage of 210 minutes that a mass reconnect made (WhatsApp 2014), and less"),
                "Within which time all clients have to be back after a zone is lost."),
            utilisation: reader.section(
                "utilisation", "How much of each resource of a server may be used at the daily peak.",
                UtilisationModel.read))
    }
}

extension UtilisationModel {
    fileprivate static func read(_ reader: PlanReader) -> UtilisationModel {
        let share: NumberKind = .share(10_000_000...1_000_000_000)
        return UtilisationModel(
            cpu: reader.number(
                "cpu", share, unit: "ratio", default: "60%", .estimate("queues grow beyond it"), "Of the cores."),
            memory: reader.number(
                "memory", share, unit: "ratio", default: "80%", .estimate("room for buffers"), "Of the memory."),
            network: reader.number(
                "network", share, unit: "ratio", default: "60%", .estimate("room for bursts"), "Of the network."),
            disk: reader.number(
                "disk", share, unit: "ratio", default: "70%",
                .estimate("compaction writes files anew before it deletes the old"),
                "Of the disks, and of each shard."))
    }
}
