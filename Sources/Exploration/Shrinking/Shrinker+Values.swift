internal import Language

extension Shrinker {
    /// The laws by which a quantity varies, with the key of the value that stands for all of them.
    private static let laws = [
        "constant": nil, "uniform": "to", "exponential": "mean", "lognormal": "median", "weibull": "scale",
    ]
    /// What times are rounded to, the roundest first, in nanoseconds.
    private static let grains: [UInt64] = [
        1_000_000_000, 500_000_000, 100_000_000, 50_000_000, 10_000_000, 5_000_000, 1_000_000,
    ]

    /// Makes what is left simpler.
    mutating func simplify() {
        takeKeys()
        makeConstant()
        lowerCounts()
        beginSooner()
        roundTimes()
        _ = attempt(best.withTidyScript)
    }

    /// Lets the run end sooner. Where no bug is planted, what went wrong must be over for as long as anything may take.
    mutating func shortenRun() {
        let path = [Document.Step.key("duration")]
        let settle = nanoseconds(at: [.key("settle")]) ?? 0
        let least = mutant == nil ? settle + faultsEndNanoseconds : settle
        var isShorter = true
        while isShorter, let length = nanoseconds(at: path), length > 0 {
            isShorter = [length / 2, length / 4 * 3, length / 10 * 9].contains { shorter in
                guard let grain = Self.grains.first(where: { shorter / $0 >= 4 }) else { return false }
                let rounded = shorter / grain * grain
                guard rounded >= least else { return false }
                return set(path, DurationText.text(rounded))
            }
        }
    }

    /// Lets quantities that vary stay the same.
    private mutating func makeConstant() {
        for path in best.paths {
            guard let entries = best[path]?.entries, entries.count == 1, let law = entries.first,
                let key = Self.laws[law.key]
            else { continue }
            guard let value = key.map({ law.value[$0] }) ?? law.value, value.text != nil else { continue }
            var candidate = best
            candidate[path] = value
            _ = attempt(candidate)
        }
    }

    /// Lowers whole numbers: to one, to a half, by one.
    ///
    /// - Parameter section: Only those in this section.
    mutating func lowerCounts(in section: String? = nil) {
        for path in best.paths
        where path.first != .key("script") && path.first != .key("confab")
            && section.map({ path.first == .key($0) }) ?? true
        {
            var isLower = true
            while isLower, let count = best[path]?.text.flatMap({ UInt64($0) }), count > 1 {
                isLower = [1, count / 2, count - 1].contains { set(path, "\($0)") }
            }
        }
    }

    /// Lets the first step or fault happen sooner, and all others and the end by as much.
    private mutating func beginSooner() {
        let paths = ["script", "faults"].flatMap { list in
            (best[list]?.items.indices ?? 0..<0).map { [Document.Step.key(list), .item($0), .key("at")] }
        }
        guard let first = paths.compactMap({ nanoseconds(at: $0) }).min() else { return }
        for start in [1_000_000_000, 2_000_000_000, first / 2] as [UInt64] where start < first {
            var candidate = best
            for path in paths + [[.key("duration")]] {
                guard let time = nanoseconds(at: path) else { continue }
                candidate[path] = .value(DurationText.text(time - (first - start)))
            }
            if attempt(candidate) { return }
        }
    }

    /// Rounds the times of steps and faults, then all others.
    private mutating func roundTimes() {
        for list in ["script", "faults"] {
            for index in best[list]?.items.indices ?? 0..<0 {
                for key in ["at", "for"] { round([.key(list), .item(index), .key(key)]) }
            }
        }
        for path in best.paths where ["script", "faults", "confab"].allSatisfy({ path.first != .key($0) }) {
            round(path)
        }
    }

    private mutating func round(_ path: [Document.Step]) {
        guard let time = nanoseconds(at: path), time > 0 else { return }
        for grain in Self.grains {
            guard time % grain != 0 else { return }
            let lower = time / grain * grain
            if [lower, lower + grain].contains(where: { $0 > 0 && set(path, DurationText.text($0)) }) { return }
        }
    }

    private mutating func set(_ path: [Document.Step], _ text: String) -> Bool {
        var candidate = best
        candidate[path] = .value(text)
        return attempt(candidate)
    }

    private func nanoseconds(at path: [Document.Step]) -> UInt64? {
        best[path]?.text.flatMap(Quantity.durationNanoseconds)
    }

    /// When the last fault that ends is over, in nanoseconds.
    private var faultsEndNanoseconds: UInt64 {
        let ends = (best["faults"]?.items ?? []).map { fault in
            ["at", "for"].reduce(UInt64(0)) { $0 + (fault[$1]?.text.flatMap(Quantity.durationNanoseconds) ?? 0) }
        }
        return ends.max() ?? 0
    }
}
