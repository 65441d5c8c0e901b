internal import Capacity
internal import Foundation
internal import Plan

/// What one way to keep shards costs and how safe it is.
public struct RedundancyOption: Hashable, Sendable {
    /// The way: `3 copies`, `RS(6,3)`.
    public let name: String
    /// Whether it is the one of the plan.
    public let isChosen: Bool
    /// What is stored for each byte.
    public let overhead: Figure
    /// What is stored in all at the end of the year, in bytes.
    public let rawBytes: Figure
    /// The mean time until one shard is lost, in seconds.
    public let meanSecondsToLossOfOne: Figure
    /// The mean time until any shard is lost, in seconds.
    public let meanSecondsToLoss: Figure
    /// The probability that any is lost within a year.
    public let lossProbability: Figure
    /// The probability that a shard cannot be read at a moment.
    public let readUnavailability: Figure
    /// How many bytes are read to make one lost byte anew.
    public let repairReads: Figure
}

/// How safe messages are, and for which share of the time the system can be used.
public struct ReliabilitySizing: Hashable, Sendable {
    /// How long it takes to make a lost copy or fragment of a full shard anew, in seconds.
    public let repairSeconds: Figure
    /// Ways to keep shards, that of the plan first.
    public let options: [RedundancyOption]
    /// How long a user is without the system in a year, in seconds.
    public let downtimeSeconds: Figure
    /// The share of the time for which a user can use the system.
    public let availability: Figure
    /// Accepted messages that are lost if all chat servers fail at the peak; nothing if none are accepted before they are on a disk.
    public let messagesAtRisk: Figure?
    /// The same for one chat server.
    public let messagesAtRiskOfOne: Figure?
    /// Attempts that a request becomes for shares of attempts that fail.
    public let retries: [RetrySizing]
    /// The most attempts that a request becomes with the budget of the plan.
    public let attemptsWithBudget: Figure
    /// How long a server takes to push a message to the largest group, one member after the other, in seconds.
    public let largestGroupSeconds: Figure

    /// The way of the plan to keep shards.
    public var chosen: RedundancyOption { options[0] }
}

/// What retries make of an outage.
public struct RetrySizing: Hashable, Sendable {
    /// The share of the attempts that fail.
    public let failureShare: Double
    /// How many attempts a request becomes, on average.
    public let attempts: Figure
}

extension RedundancyOption {
    /// Ways with which that of a plan is compared.
    fileprivate enum Scheme: Hashable {
        case copies(Int)
        case code(data: Int, parity: Int)

        var name: String {
            switch self {
            case .copies(let count): count == 1 ? "1 copy" : "\(count) copies"
            case .code(let data, let parity): "RS(\(data),\(parity))"
            }
        }

        var model: Durability {
            switch self {
            case .copies(let count): Durability(copies: count)
            case .code(let data, let parity): Durability(dataBlocks: data, parityBlocks: parity)
            }
        }
    }

    fileprivate init(_ plan: Plan, scheme: Scheme, isChosen: Bool, logicalBytes: Figure, repair: Figure) {
        let failures = plan.hardware.failures
        let model = scheme.model
        let source = "Gibson (1992)"
        let name = scheme.name
        self.name = name
        self.isChosen = isChosen
        if isChosen {
            overhead = Figure("overhead of \(name)", "ratio", plan.policies.storage.redundancy.overhead)
        } else {
            let share = Double(model.disks) / Double(model.disks - model.lossesTolerated)
            overhead = Figure("overhead of \(name)", "ratio", Term.constant(share))
        }
        rawBytes = Figure("bytes stored with \(name)", "B", logicalBytes * overhead)
        let hours = model.meanHoursToDataLoss(
            meanLifeHours: failures.meanLifeSeconds.value / 3600, meanRepairHours: repair.value / 3600)
        meanSecondsToLossOfOne = Figure(
            "mean time to the loss of one shard, \(name)", "s",
            Term.model("Markov chain of \(name)", source, of: [failures.meanLifeSeconds, repair], hours * 3600))
        meanSecondsToLoss = Figure(
            "mean time to the loss of any shard, \(name)", "s",
            meanSecondsToLossOfOne / plan.policies.storage.logicalShards)
        lossProbability = Figure(
            "probability of a loss in a year, \(name)", "ratio",
            Term.model(
                "1 - e^-(a year / mean time)", of: [meanSecondsToLoss],
                -expm1(-31_536_000 / meanSecondsToLoss.value)))
        readUnavailability = Figure(
            "share of the time in which a shard cannot be read, \(name)", "ratio",
            Term.model(
                "more servers away than \(name) tolerate", "binomial law", of: [failures.storageUnavailability],
                model.unavailability(diskUnavailability: failures.storageUnavailability.value)))
        repairReads = Figure(
            "bytes read to repair a byte, \(name)", "ratio",
            Term.constant(Double(model.disks - model.lossesTolerated)))
    }

    /// The plan's own way, and the usual others.
    fileprivate static func all(_ plan: Plan, logicalBytes: Figure, repair: Figure) -> [RedundancyOption] {
        let own: Scheme =
            switch plan.policies.storage.redundancy {
            case .copies(let count): .copies(Int(count.value))
            case .reedSolomon(let data, let parity): .code(data: Int(data.value), parity: Int(parity.value))
            }
        let usual: [Scheme] = [.copies(2), .copies(3), .code(data: 6, parity: 3), .code(data: 10, parity: 4)]
        return ([own] + usual.filter { $0 != own }).map {
            RedundancyOption(plan, scheme: $0, isChosen: $0 == own, logicalBytes: logicalBytes, repair: repair)
        }
    }
}

extension ReliabilitySizing {
    init(
        _ plan: Plan, demand: DemandSizing, storage: StorageSizing, chatServers: TierSizing, reconnect: ReconnectSizing
    ) {
        let policy = plan.policies
        let failures = plan.hardware.failures
        repairSeconds = Figure(
            "time to make a copy of a full shard anew", "s",
            policy.storage.shardBytes / policy.storage.copyBytesPerSecond)
        options = RedundancyOption.all(plan, logicalBytes: storage.logicalBytes, repair: repairSeconds)
        let crashes = Figure(
            "time away for crashes in a year", "s",
            failures.crashesPerYear * (failures.detectionSeconds + reconnect.secondsOfRestart))
        let restarts = Figure(
            "time away for restarts in a year", "s", failures.restartsPerYear * reconnect.secondsOfRestart)
        // A user is in one of the zones.
        let zones = Figure(
            "time away for lost zones in a year", "s",
            failures.zoneLossesPerYear / policy.chatServers.zones * reconnect.seconds)
        let storageAway = Figure(
            "time in a year in which messages cannot be read", "s",
            options[0].readUnavailability * Term.constant(31_536_000))
        downtimeSeconds = Figure(
            "time without the system in a year", "s", Term.sum([crashes, restarts, zones, storageAway]))
        availability = Figure(
            "availability", "ratio",
            Term.largest([Term.constant(1) - downtimeSeconds / Term.constant(31_536_000), Term.constant(0)]))
        messagesAtRisk = policy.writeBufferSeconds.map {
            Figure("accepted messages that are nowhere but in memory, peak", "messages", demand.peakSends * $0)
        }
        messagesAtRiskOfOne = messagesAtRisk.map {
            Figure("accepted messages in the memory of one chat server", "messages", $0 / chatServers.servers)
        }
        retries = [0.5, 0.9, 1].map { share in
            let attempts = RetryAmplification.attempts(
                failureProbability: share, retriesMax: Int(policy.retry.attempts.value) - 1,
                layers: Int(policy.retry.layers.value))
            return RetrySizing(
                failureShare: share,
                attempts: Figure(
                    "attempts of a request if \(Int(share * 100)) % fail", "attempts",
                    Term.model(
                        "retry amplification", "Site Reliability Engineering (2016), chapters 21 and 22",
                        of: [policy.retry.attempts, policy.retry.layers, Term.constant(share)], attempts)))
        }
        attemptsWithBudget = Figure(
            "attempts of a request with a retry budget", "attempts", Term.constant(1) + policy.retry.budget)
        largestGroupSeconds = Figure(
            "time to push a message to the largest group", "s", plan.demand.largestGroup * plan.costs.cpuPerDelivery)
    }
}
