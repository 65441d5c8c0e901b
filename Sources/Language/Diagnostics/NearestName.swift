/// Finds the name that was probably meant.
public enum NearestName {
    /// The candidate that is nearest to a name, if it is near enough to suggest: at most a third of the letters differ.
    static func suggestion(for name: String, among candidates: [String]) -> String? {
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let limit = max(1, max(name.count, candidate.count) / 3)
            guard abs(name.count - candidate.count) <= limit else { continue }
            let distance = distance(Array(name.lowercased().prefix(64)), Array(candidate.lowercased().prefix(64)))
            if distance <= limit, distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// The end of an error message that suggests a name, or lists the valid ones if there are few.
    public static func hint(for name: String, among candidates: [String]) -> String {
        if let suggestion = suggestion(for: name, among: candidates) { return "; did you mean `\(suggestion)`?" }
        guard !candidates.isEmpty else { return "" }
        let listed = candidates.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        return "; valid are \(listed)\(candidates.count > 12 ? " and \(candidates.count - 12) more" : "")"
    }

    /// The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var cost = min(previous[column + 1] + 1, current[column] + 1)
                cost = min(cost, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
