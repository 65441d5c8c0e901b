/// Where the values of a run stop to depend on how it began.
public enum WarmUp {
    /// How many of the first values to leave out, by the rule of the marginal standard error (MSER; White, Cobb and Spratt 2000):
    /// so many that the standard error of the mean of the rest is least. Values are means of 5 observations each for the rule
    /// known as MSER-5.
    ///
    /// At most half of the values are left out: a minimum beyond would say that the run was too short.
    ///
    /// - Complexity: O(n).
    public static func truncationPoint(ofBatchMeans values: [Double]) -> Int {
        guard values.count > 2 else { return 0 }
        // Sums from the end on, around the last value, so that squares of a large mean do not swallow the differences.
        let origin = values[values.count - 1]
        var sum = 0.0
        var squares = 0.0
        var best = (error: Double.infinity, point: 0)
        for point in values.indices.reversed() {
            let value = values[point] - origin
            sum += value
            squares += value * value
            let count = Double(values.count - point)
            guard point <= values.count / 2, count >= 2 else { continue }
            let error = max(0, squares - sum * sum / count) / (count * count)
            if error <= best.error { best = (error, point) }
        }
        return best.point
    }

    /// The mean of the values without those at the start that depend on how the run began.
    ///
    /// - Precondition: There is a value.
    public static func steadyMean(ofBatchMeans values: [Double]) -> Double {
        precondition(!values.isEmpty, "no values, no mean")
        let rest = values[truncationPoint(ofBatchMeans: values)...]
        return rest.reduce(0, +) / Double(rest.count)
    }
}
