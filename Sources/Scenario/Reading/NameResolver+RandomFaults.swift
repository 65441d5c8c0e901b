internal import Language

extension NameResolver {
    /// Faults that are drawn at random. Kinds that cannot strike are reported, and too little time after the last.
    func resolveRandomFaults(settleNanoseconds settle: UInt64) -> RandomFaultsModel? {
        guard let random = raw.randomFaults else { return nil }
        let latest = durationNanoseconds - min(settle, durationNanoseconds)
        let end = random.end?.value ?? latest
        if end > latest, let position = random.end?.position {
            diagnostics.report(
                "after the last fault `settle` is left for everything to come true: `until` is at most `duration` less `settle`",
                at: position)
        }
        if random.start.value >= end {
            diagnostics.report(
                "faults are drawn between `from` and `until`, and there is nothing between", at: random.position)
        }
        let system = raw.system
        for rate in random.rates ?? [] {
            guard let obstacle = rate.kind.obstacle(in: system, isRecoverable: random.isRecoverable) else { continue }
            diagnostics.report("`\(rate.kind.name)` would have no effect: \(obstacle)", at: rate.position)
        }
        return RandomFaultsModel(
            startNanoseconds: random.start.value, endNanoseconds: end, swarmPartsPerBillion: random.swarm,
            downAtOnce: random.downAtOnce, isRecoverable: random.isRecoverable,
            rates: random.rates.map { $0.map(Self.rate) }
                ?? RandomFaultKind.allCases
                .filter { $0.obstacle(in: system, isRecoverable: random.isRecoverable) == nil }
                .map(Self.usualRate))
    }

    private static func rate(_ raw: RawRandomFaults.RawRate) -> RandomFaultsModel.Rate {
        RandomFaultsModel.Rate(kind: raw.kind, everyNanoseconds: raw.every, lastsNanoseconds: raw.lasts)
    }

    private static func usualRate(_ kind: RandomFaultKind) -> RandomFaultsModel.Rate {
        rate(ValueKind<RawRandomFaults.RawRate>.rate(of: kind).fallback())
    }
}
