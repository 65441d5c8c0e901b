/// Sentences of a report, in which keys and commands stand between backticks.
enum ReportProse {
    /// A piece of a text.
    struct Part: Equatable {
        /// What it says, without backticks.
        let text: Substring
        /// Whether it stood between backticks.
        let isCode: Bool
    }

    /// The pieces of a text, in order. A backtick that has no other behind it is a character like any other.
    static func parts(_ text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "`") {
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: "`") else { break }
            parts.append(Part(text: rest[..<open], isCode: false))
            parts.append(Part(text: inside[..<close], isCode: true))
            rest = inside[inside.index(after: close)...]
        }
        return (parts + [Part(text: rest, isCode: false)]).filter { !$0.text.isEmpty }
    }
}
