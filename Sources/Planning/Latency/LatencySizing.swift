internal import Capacity
public import Plan

/// How long messages take by the formulas of queues, at the peak of a year.
public struct LatencySizing: Hashable, Sendable {
    /// One part of the way of a message.
    public struct Part: Hashable, Sendable {
        /// What it is: `from the sender to his server`.
        public let name: String
        /// How long it takes on average, in seconds.
        public let mean: Figure
    }

    /// How long something takes.
    public struct Times: Hashable, Sendable {
        /// Its parts, in order.
        public let parts: [Part]
        /// The mean, in seconds.
        public let mean: Figure
        /// The percentiles 50, 75, 90, 95, 99, 99.5, 99.9, in seconds.
        public let percentiles: [Percentile]

        /// A percentile that is among ``percentiles``.
        func percentile(_ percent: Double) -> Figure? { percentiles.first { $0.percent == percent }?.seconds }
    }

    /// A time that a share of all do not exceed.
    public struct Percentile: Hashable, Sendable {
        /// The share, in percent.
        public let percent: Double
        /// The time, in seconds.
        public let seconds: Figure
    }

    /// How busy the cores of a chat server are.
    public let chatServerUse: Figure
    /// How busy the handlers of a storage server are.
    public let storageUse: Figure
    /// From sending to arrival at the receiver; nothing if chat servers do not keep up.
    public let delivery: Times?
    /// From sending until the sender knows that the message is accepted; nothing if the servers that it takes do not keep up.
    public let acknowledgement: Times?
    /// From a chat server to the storage and back, with the write; nothing if the storage does not keep up.
    public let storing: Times?
}

extension LatencySizing {
    /// The latencies of a plan at the peak of a year, by formulas of queues and the laws of the links.
    ///
    /// - Complexity: Some milliseconds.
    public init(_ plan: Plan, year: YearSizing) {
        let costs = plan.costs
        let chat = ChatQueue(plan, year: year)
        let storage = StorageQueue(plan, year: year)
        chatServerUse = chat.use
        storageUse = storage.use
        let two = Term.constant(2)
        let up = Stage(
            "from the sender to a server", Figure("half a mobile round trip", "s", costs.mobileRoundTripSeconds / two),
            .lognormal(median: costs.mobileRoundTripSeconds.value / 2, sigma: costs.mobileSigma.value))
        let across = Stage(
            "from server to server",
            Figure("half a round trip of the data center", "s", costs.dataCenterRoundTripSeconds / two),
            .lognormal(median: costs.dataCenterRoundTripSeconds.value / 2, sigma: costs.dataCenterSigma.value))
        let down = Stage("to the receiver", up.median, up.law)
        let back = Stage("back to the sender", up.median, up.law)
        storing = storage.stages.map { Times("storing", [across] + $0 + [across]) }
        var wait: [Stage] = []
        if plan.policies.transport.kind.value == .poll, let period = plan.policies.transport.periodSeconds {
            wait = [
                Stage("until the receiver asks", Figure("half a period", "s", period / two), .uniform(period.value))
            ]
        }
        guard let working = chat.stages else {
            (delivery, acknowledgement) = (nil, nil)
            return
        }
        delivery = Times("delivery", [up] + working + [across] + working + wait + [down])
        switch plan.policies.acknowledge.value {
        case .afterReceive: acknowledgement = Times("acknowledgement", [up] + working + [back])
        case .afterLog:
            let log = Stage(
                "onto the log", Figure("time to log", "s", costs.logSyncSeconds), .fixed(costs.logSyncSeconds.value))
            acknowledgement = Times("acknowledgement", [up] + working + [log, back])
        case .afterStore:
            acknowledgement = storage.stages.map { stored in
                Times("acknowledgement", [up] + working + [across] + stored + [across, back])
            }
        }
    }
}

/// A part of the way with its law.
private struct Stage {
    let name: String
    /// The median for links, the mean for the rest: what the plan says.
    let median: Figure
    let law: LatencyLaw

    init(_ name: String, _ median: Figure, _ law: LatencyLaw) {
        self.name = name
        self.median = median
        self.law = law
    }
}

extension LatencySizing.Times {
    fileprivate init(_ name: String, _ stages: [Stage]) {
        let distribution = LatencyDistribution(sumOf: stages.map(\.law))
        parts = stages.map { stage in
            LatencySizing.Part(
                name: stage.name,
                mean: Figure(stage.name, "s", Term.model("mean of its law", of: [stage.median], stage.law.mean)))
        }
        let means = parts.map(\.mean)
        mean = Figure("\(name), mean", "s", Term.sum(means))
        percentiles = [50, 75, 90, 95, 99, 99.5, 99.9].map { percent in
            LatencySizing.Percentile(
                percent: percent,
                seconds: Figure(
                    "\(name), \(percent == percent.rounded() ? String(Int(percent)) : String(percent)) %", "s",
                    Term.model(
                        "percentile of the sum of independent parts", of: means, distribution.percentile(percent))))
        }
    }
}

/// The cores of a chat server as a queue.
private struct ChatQueue {
    let use: Figure
    /// Waiting and work; nothing if the cores do not keep up.
    let stages: [Stage]?

    init(_ plan: Plan, year: YearSizing) {
        let server = plan.hardware.chatServer
        let load = year.chatLoad
        let work = Figure(
            "CPU time of a message", "s", load.messageCores / (year.demand.peakSends + year.demand.peakDeliveries))
        use = Figure(
            "use of a chat server's cores", "ratio", load.busyCores / (year.chatServers.servers * server.cores))
        // All that keeps the cores busy is taken to come in pieces of the same size.
        let arrivals = Figure("jobs of a chat server", "jobs/s", load.busyCores / year.chatServers.servers / work)
        stages =
            QueueStages(
                servers: server.cores, arrivals: arrivals, service: work, variation: plan.costs.cpuVariation.value,
                law: .lognormal(mean: work.value, variation: plan.costs.cpuVariation.value),
                waiting: "waiting for a core",
                working: "work of a chat server"
            ).stages
    }
}

/// The handlers of a storage server as a queue.
private struct StorageQueue {
    let use: Figure
    let stages: [Stage]?

    init(_ plan: Plan, year: YearSizing) {
        let costs = plan.costs
        let arrivals = Figure(
            "writes of a storage server", "requests/s",
            year.storage.load.rows / costs.rowsPerStorageWrite / year.storage.servers.servers)
        use = Figure(
            "use of a storage server's handlers", "ratio",
            arrivals * costs.storageWriteMeanSeconds / costs.storageHandlers)
        let law = LatencyLaw.lognormal(
            mean: costs.storageWriteMeanSeconds.value, p99: costs.storageWriteP99Seconds.value)
        let service = Figure("time of a write", "s", costs.storageWriteMeanSeconds)
        stages =
            QueueStages(
                servers: costs.storageHandlers, arrivals: arrivals, service: service, variation: law.variation,
                law: law,
                waiting: "waiting for a handler", working: "a write of the storage"
            ).stages
    }
}

/// Waiting and working at a queue.
private struct QueueStages {
    let stages: [Stage]?

    init(
        servers: Sourced<Double>, arrivals: Figure, service: Figure, variation: Double, law: LatencyLaw,
        waiting: String, working: String
    ) {
        guard arrivals.value > 0, arrivals.value * service.value < servers.value else {
            stages = arrivals.value > 0 ? nil : [Stage(working, service, law)]
            return
        }
        let queue = GGcQueue(
            markovian: MMcQueue(
                servers: Int(servers.value), arrivalRate: arrivals.value, serviceRate: 1 / service.value),
            arrivalVariation: 1, serviceVariation: variation)
        let wait = Figure(
            "mean wait", "s",
            Term.model(
                "G/G/c", "Allen and Cunneen (1990) with the correction of Kraemer and Langenbach-Belz (1976)",
                of: [servers, arrivals, service], queue.meanWait))
        stages = [
            Stage(waiting, wait, .wait(probability: queue.markovian.waitProbability, mean: queue.meanWait)),
            Stage(working, service, law),
        ]
    }
}
