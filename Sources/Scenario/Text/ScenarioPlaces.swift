public import Language
internal import Yams

/// Finds where the text of a scenario says something.
public struct ScenarioPlaces {
    private let root: Node?

    /// Looks at a text. If it is not YAML, everything is found at its beginning.
    public init(text: String) {
        root = SourceText(text, diagnostics: DiagnosticCollector(file: ""))?.root
    }

    /// Where the last of some keys is, or the last of them that the text has.
    ///
    /// - Parameter path: Keys from the top of the file, and numbers of list entries from zero.
    public func position(of path: [String]) -> SourcePosition {
        var found = SourcePosition(line: 1, column: 1)
        var node = root
        for step in path {
            switch node {
            case .mapping(let mapping):
                guard let (key, value) = mapping.first(where: { $0.key.string == step }) else { return found }
                found = key.position
                node = value
            case .sequence(let sequence):
                guard let place = Int(step), sequence.indices.contains(place) else { return found }
                node = sequence[place]
                found = sequence[place].position
            case .scalar, .alias, nil: return found
            }
        }
        return found
    }
}
