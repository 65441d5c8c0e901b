public import Plan

/// How much a result moves with each number of a plan, one at a time: the tornado.
public struct Sensitivity: Hashable, Sendable {
    /// What one number does.
    public struct Entry: Hashable, Sendable {
        /// The number.
        public let key: PlanKey
        /// The low value that was tried, in the number's unit.
        public let low: Double
        /// The high value that was tried.
        public let high: Double
        /// Whether they are the range that the plan or the source of a default says, rather than a share of the value.
        public let isRange: Bool
        /// The result with the low value.
        public let lowResult: Double
        /// The result with the high value.
        public let highResult: Double

        /// By how much the results differ.
        public var swing: Double { abs(highResult - lowResult) }
    }

    /// The share by which a number is moved either way that has no range.
    public static let share = 0.2

    /// The result of the plan as it is.
    public let baseline: Figure
    /// The numbers that move the result, the one that moves it most first.
    public let entries: [Entry]

    /// Moves each number of a plan to the ends of its range, or by ``share`` either way, within the limits of its key. A value that does not go
    /// with those of other keys is left out.
    ///
    /// - Parameters:
    ///   - sizing: The system that the plan asks for.
    ///   - result: What is looked at; by default what the last year costs.
    /// - Complexity: Two sizings for each number of the plan.
    public init(_ sizing: Sizing, result: (Sizing) -> Figure = { $0.last.cost.perYear }) {
        let plan = sizing.plan
        baseline = result(sizing)
        var found: [Entry] = []
        for key in plan.keys {
            guard let number = key.number else { continue }
            let range = number.range ?? number.value * (1 - Self.share)...number.value * (1 + Self.share)
            guard let low = try? plan.with(range.lowerBound, for: key),
                let high = try? plan.with(range.upperBound, for: key)
            else { continue }
            let results = [low, high].map { result(Sizing($0)).value }
            guard results[0] != results[1] else { continue }
            // What was tried may have been kept within the limits of the key.
            let tried = [low, high].map { plan in plan.keys.first { $0.key == key.key }?.number?.value ?? number.value }
            found.append(
                Entry(
                    key: key, low: tried[0], high: tried[1], isRange: number.range != nil, lowResult: results[0],
                    highResult: results[1]))
        }
        // Equal swings stay in the order of the plan.
        entries = found.enumerated().sorted { ($1.element.swing, $0.offset) < ($0.element.swing, $1.offset) }.map(
            \.element)
    }
}
