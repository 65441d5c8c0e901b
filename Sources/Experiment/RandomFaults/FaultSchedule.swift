internal import Chat
public import Scenario
internal import Simulation
internal import World

/// What goes wrong in a run: what the scenario says, and what it leaves to chance, as that is drawn under its seed.
///
/// Each kind of fault has a stream of random numbers of its own, and strikes at all or not (swarm testing: Groce et al. 2012). Whatever
/// the budget does not allow is left out.
public struct FaultSchedule: Sendable {
    /// The faults, first those that the scenario says, then those that are drawn, in the order of time.
    public let faults: [FaultModel]

    /// Draws the faults of a scenario.
    public init(_ scenario: Scenario) {
        guard let model = scenario.randomFaults else {
            faults = scenario.faults
            return
        }
        var draw = FaultDraw(scenario, isRecoverable: model.isRecoverable, downAtOnce: model.downAtOnce)
        var drawn: [FaultModel] = []
        for rate in model.rates {
            drawn += draw.faults(of: rate, model: model, seed: scenario.seed)
        }
        let sorted = drawn.enumerated().sorted {
            ($0.element.startNanoseconds, $0.offset) < ($1.element.startNanoseconds, $1.offset)
        }
        faults = scenario.faults + sorted.map(\.element)
    }
}

/// Draws faults of one kind after the other, within a budget.
struct FaultDraw {
    let system: SystemModel
    let targets: FaultTargets
    var budget: FaultBudget
    var stream = RandomStream(seed: 0, component: 0, purpose: RandomPurpose.faultSchedule.rawValue)

    init(_ scenario: Scenario, isRecoverable: Bool, downAtOnce: UInt64) {
        system = scenario.system
        targets = FaultTargets(scenario)
        budget = FaultBudget(scenario, isRecoverable: isRecoverable, downAtOnce: downAtOnce)
    }

    /// The faults of a kind, at times of a Poisson process.
    mutating func faults(of rate: RandomFaultsModel.Rate, model: RandomFaultsModel, seed: UInt64) -> [FaultModel] {
        stream = RandomStream(
            seed: seed, component: rate.kind.rawValue, purpose: RandomPurpose.faultSchedule.rawValue)
        guard Probability(partsPerBillion: model.swarmPartsPerBillion).happens(drawing: &stream) else { return [] }
        let gap = Distribution.exponential(mean: rate.everyNanoseconds)
        let lasts = rate.lastsNanoseconds.map(Assembly.distribution)
        var faults: [FaultModel] = []
        var time = model.startNanoseconds
        while true {
            time += gap.sample(drawing: &stream)
            let start = Self.rounded(time)
            guard start < model.endNanoseconds else { return faults }
            let length = lasts.map { max(1000, Self.rounded($0.sample(drawing: &stream))) } ?? 1000
            let end = min(start + length, model.endNanoseconds)
            faults += fault(rate.kind, start, end)
        }
    }

    /// Whole microseconds, so that schedules are easier to read.
    private static func rounded(_ nanoseconds: UInt64) -> UInt64 { nanoseconds / 1000 * 1000 }

    private mutating func fault(_ kind: RandomFaultKind, _ start: UInt64, _ end: UInt64) -> [FaultModel] {
        switch kind {
        case .crash:
            crash(pick(targets.tiers { _ in true }), .nothing, start, end)
        case .tornWrite:
            crash(pick(loggers), .tornWrite, start, end)
        case .lostWrites:
            crash(
                pick(loggers), .lostWrites(lastNanoseconds: (1 + stream.below(1000)) * 1_000_000), start, end)
        case .pause: host(pick(targets.tiers { _ in true }), .pause, start, end)
        case .slow:
            host(
                pick(targets.tiers { _ in true }), .slow(costThousandths: among([2000, 10_000, 100_000, 1_000_000])),
                start, end)
        case .slowDisk:
            host(
                pick(
                    targets.tiers {
                        $0 == .storage || $0 == .coordinator || $0 == .dataNode || $0 == .objectStore || logs($0)
                    }),
                .slowDisk(timeThousandths: among([10_000, 100_000, 1_000_000])), start, end)
        case .fullDisk: host(pick(loggers), .fullDisk, start, end)
        case .clock: clock(pick(targets.tiers { $0 != .objectStore }), start)
        case .corrupt: corruption(start)
        case .zoneLoss: zoneLoss(start, end)
        case .reconnectStorm:
            pick(targets.tiers { $0 == .chatServer }).map { [.reconnectStorm(server: $0, startNanoseconds: start)] }
                ?? []
        case .halfOpen: halfOpen(start, end)
        case .partition:
            link(targets.pairs, .loss(partsPerBillion: 1_000_000_000), isOneWay: stream.below(3) == 0, start, end)
        case .loss:
            link(
                targets.pairs,
                .loss(partsPerBillion: among([10_000_000, 50_000_000, 200_000_000, 500_000_000])),
                isOneWay: stream.below(3) == 0, start, end)
        case .delay:
            link(
                targets.pairs, .delay(.constant(among([1_000_000, 10_000_000, 100_000_000, 500_000_000]))),
                isOneWay: stream.below(3) == 0, start, end)
        case .clog: link(targets.pairs, .clog, isOneWay: stream.below(3) == 0, start, end)
        case .duplicate:
            link(
                targets.requestPairs, .duplicate(partsPerBillion: share, laterNanoseconds: later), isOneWay: true,
                start, end)
        case .reorder:
            link(
                targets.requestPairs, .reorder(partsPerBillion: share, laterNanoseconds: later), isOneWay: true, start,
                end)
        }
    }

    // MARK: Servers

    private func logs(_ kind: EndpointModel.Kind) -> Bool { kind == .chatServer && system.chatServersLog }

    private var loggers: [[ServerModel]] { targets.tiers { $0 == .storage || logs($0) } }

    /// A server: first a tier, then one of its servers, so that no tier is struck less for being small.
    private mutating func pick(_ tiers: [[ServerModel]]) -> ServerModel? {
        guard !tiers.isEmpty else { return nil }
        let tier = tiers[Int(stream.below(UInt64(tiers.count)))]
        return tier[Int(stream.below(UInt64(tier.count)))]
    }

    private mutating func among(_ values: [UInt64]) -> UInt64 { values[Int(stream.below(UInt64(values.count)))] }

    private mutating func crash(
        _ server: ServerModel?, _ disk: FaultModel.DiskLoss, _ start: UInt64, _ end: UInt64
    ) -> [FaultModel] {
        var first = start
        if case .lostWrites(let last) = disk { first = start < last ? 0 : start - last }
        guard let server, budget.takeDown([server], first..<end) else { return [] }
        return [.crash(server: server, startNanoseconds: start, endNanoseconds: end, disk: disk)]
    }

    private func host(
        _ server: ServerModel?, _ trouble: FaultModel.HostTrouble, _ start: UInt64, _ end: UInt64
    ) -> [FaultModel] {
        guard let server else { return [] }
        return [.host(server: server, trouble: trouble, startNanoseconds: start, endNanoseconds: end)]
    }

    private mutating func clock(_ server: ServerModel?, _ start: UInt64) -> [FaultModel] {
        let milliseconds = Int64(1 + stream.below(2000))
        let forward = (stream.below(2) == 0 ? milliseconds : -milliseconds) * 1_000_000
        return server.map { [.clockSet(server: $0, forwardNanoseconds: forward, startNanoseconds: start)] } ?? []
    }

    private mutating func corruption(_ start: UInt64) -> [FaultModel] {
        guard let server = pick(targets.tiers { $0 == .dataNode || $0 == .storage }), budget.corrupt(server) else {
            return []
        }
        return [.corruption(server: server, blockCount: 1, startNanoseconds: start)]
    }

    private mutating func zoneLoss(_ start: UInt64, _ end: UInt64) -> [FaultModel] {
        let lost = system.servers(inZone: 1 + stream.below(system.zoneCount))
        guard stream.below(2) == 0 else { return [targets.networkLoss(of: lost, start, end)] }
        guard budget.takeDown(lost, start..<end) else { return [] }
        return lost.map { .crash(server: $0, startNanoseconds: start, endNanoseconds: end) }
    }

    // MARK: Links

    private var share: UInt64 { mutating get { among([50_000_000, 300_000_000, 1_000_000_000]) } }

    private var later: DistributionModel {
        mutating get { .uniform(from: 1_000_000, to: among([10_000_000, 100_000_000, 1_000_000_000])) }
    }

    private mutating func halfOpen(_ start: UInt64, _ end: UInt64) -> [FaultModel] {
        let devices = targets.side(of: .device, drawing: &stream)
        let servers = targets.side(of: .chatServer, drawing: &stream)
        let devicesNotice = stream.below(2) == 0
        return [
            .halfOpen(
                sources: devicesNotice ? devices : servers, targets: devicesNotice ? servers : devices,
                startNanoseconds: start, endNanoseconds: end)
        ]
    }

    private mutating func link(
        _ pairs: [FaultTargets.Pair], _ trouble: FaultModel.LinkTrouble, isOneWay: Bool, _ start: UInt64, _ end: UInt64
    ) -> [FaultModel] {
        guard !pairs.isEmpty else { return [] }
        let pair = pairs[Int(stream.below(UInt64(pairs.count)))]
        let (sources, targets) = targets.sides(of: pair, drawing: &stream)
        return [
            .link(
                sources: sources, targets: targets, bothWays: !isOneWay, trouble: trouble, startNanoseconds: start,
                endNanoseconds: end)
        ]
    }
}
