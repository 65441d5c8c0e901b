/// How text is set off on a terminal: by colour, or not at all where the output is a file or the user wants none.
public struct TerminalStyle: Sendable {
    /// Whether escape sequences may be written.
    public let hasColour: Bool

    /// A style.
    public init(hasColour: Bool) {
        self.hasColour = hasColour
    }

    func good(_ text: String) -> String { wrap(text, "32") }
    func bad(_ text: String) -> String { wrap(text, "31;1") }
    func quiet(_ text: String) -> String { wrap(text, "2") }
    func strong(_ text: String) -> String { wrap(text, "1") }

    private func wrap(_ text: String, _ code: String) -> String {
        hasColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Text from a scenario, without the control characters that a terminal would obey.
    public static func sanitised(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: scalar == "\n" ? scalar : "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
