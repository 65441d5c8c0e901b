internal import Foundation

/// How values go with lengths along an axis, and where its marks stand.
struct ChartScale {
    /// The smallest and the largest value of the axis.
    let domain: ClosedRange<Double>
    /// Where these two are drawn; the first may be the greater, as upwards on a screen.
    let start: Double
    /// Where the largest value is drawn.
    let end: Double
    /// The values that are marked, from small to large.
    let ticks: [Double]
    private let isLogarithmic: Bool

    /// An axis that holds all values: from zero in round steps, or in whole powers of ten.
    ///
    /// - Parameters:
    ///   - values: What is drawn. What is not finite, or not positive on a logarithmic axis, does not count.
    ///   - tickCount: About how many marks there is room for, at least two.
    ///   - hasZero: Whether a linear axis holds zero, so that lengths can be compared.
    init(
        _ scale: ReportAxis.Scale, values: [Double], from start: Double, to end: Double, tickCount: Int,
        hasZero: Bool = true
    ) {
        self.start = start
        self.end = end
        isLogarithmic = scale == .logarithmic
        let marks =
            scale == .linear
            ? Self.linear(values + (hasZero ? [0] : []), tickCount) : Self.logarithmic(values, tickCount)
        domain = marks.domain
        ticks = marks.ticks
    }

    /// An axis over whole numbers, such as years, from the first to the last, not from zero.
    init(wholeNumbers values: [Double], from start: Double, to end: Double, tickCount: Int) {
        self.start = start
        self.end = end
        isLogarithmic = false
        let low = values.filter(\.isFinite).min() ?? 0
        let high = max(low + 1, values.filter(\.isFinite).max() ?? 1)
        let step = max(1, Self.roundStep((high - low) / Double(max(2, tickCount))))
        domain = low...high
        ticks = Array(stride(from: (low / step).rounded(.up) * step, through: high + step * 1e-9, by: step))
    }

    /// Where a value is drawn. What lies beyond the axis is drawn at its end.
    func position(_ value: Double) -> Double {
        let bounded = min(max(value, domain.lowerBound), domain.upperBound)
        let share =
            isLogarithmic
            ? log10(bounded / domain.lowerBound) / log10(domain.upperBound / domain.lowerBound)
            : (bounded - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
        return start + (end - start) * share
    }

    private static func linear(_ values: [Double], _ tickCount: Int) -> (domain: ClosedRange<Double>, ticks: [Double]) {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), var high = finite.max() else { return (0...1, [0, 1]) }
        if high <= low { high = low + max(1, abs(low) * 0.1) }
        let step = roundStep((high - low) / Double(max(2, tickCount)))
        let first = (low / step).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        return (first * step...last * step, (Int(first)...Int(last)).map { Double($0) * step })
    }

    private static func logarithmic(
        _ values: [Double], _ tickCount: Int
    ) -> (domain: ClosedRange<Double>, ticks: [Double]) {
        let positive = values.filter { $0.isFinite && $0 > 0 }
        guard let least = positive.min(), let most = positive.max() else { return (1...10, [1, 10]) }
        // The smallest value keeps a length: it never lies on the lower end.
        let low = Int((log10(least) - 1e-9).rounded(.down))
        let high = max(low + 1, Int((log10(most) - 1e-9).rounded(.up)))
        let stepDecades = max(1, (high - low + tickCount - 1) / max(2, tickCount))
        let decades = Array(stride(from: low, through: high, by: stepDecades))
        let ticks =
            high - low <= 2
            ? (low..<high).flatMap { decade in [1, 2, 5].map { $0 * power(decade) } } + [power(high)]
            : decades.map(power)
        return (power(low)...power(high), ticks)
    }

    private static func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 1 }

    /// The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least so large.
    private static func roundStep(_ least: Double) -> Double {
        guard least > 0, least.isFinite else { return 1 }
        let base = power(Int(log10(least).rounded(.down)))
        return ([1, 2, 2.5, 5, 10].first { $0 * base >= least * (1 - 1e-9) } ?? 10) * base
    }
}
