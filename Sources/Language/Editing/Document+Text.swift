extension Document {
    /// How long a line may be before what is on it is spread over several.
    private static let columnsMax = 110

    /// The text of a file: a section for each key at the top, and in it a line for each key or item where that has room.
    public var fileText: String {
        var lines: [String] = []
        for entry in entries {
            // A blank line before each section, as in a file that a person writes.
            if entry.value.text == nil, !lines.isEmpty { lines.append("") }
            lines += Self.lines(of: entry, indent: 0)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of entry: Entry, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let key = "\(margin)\(quoted(entry.key)):"
        let isOpen = indent == 0 && entry.value.text == nil && !entry.value.isEmpty
        let line = "\(key) \(entry.value.text.map { quoted($0, besides: ",()'") } ?? entry.value.flowText)"
        guard isOpen || (line.count > columnsMax && !entry.value.isEmpty) else { return [line] }
        switch entry.value {
        case .value: return [line]
        case .list(let items): return [key] + items.map { "\(margin)  - \($0.flowText)" }
        case .section(let entries): return [key] + entries.flatMap { lines(of: $0, indent: indent + 2) }
        }
    }

    private var isEmpty: Bool { entries.isEmpty && items.isEmpty }

    /// The value on one line.
    package var flowText: String {
        switch self {
        case .value(let text): return Self.quoted(text)
        case .list(let items): return "[\(items.map(\.flowText).joined(separator: ", "))]"
        case .section(let entries):
            let parts = entries.map { "\(Self.quoted($0.key)): \($0.value.flowText)" }
            return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
        }
    }

    /// A text as YAML takes it for a plain value: in quotes, unless nothing in it means anything to YAML.
    ///
    /// - Parameter others: What means nothing either where the value is.
    private static func quoted(_ text: String, besides others: String = "") -> String {
        let isPlain =
            text.first.map { $0.isLetter || $0.isNumber } == true && text.last != " "
            && text.allSatisfy { $0.isLetter || $0.isNumber || "_.%/+- ".contains($0) || others.contains($0) }
        guard !isPlain else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
