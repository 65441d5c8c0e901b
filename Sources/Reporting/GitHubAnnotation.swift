/// What GitHub shows beside a line of a file when a workflow's step prints it.
public struct GitHubAnnotation: Hashable, Sendable {
    /// The file, as a path from the top of the repository.
    public var file: String
    /// The line, from one; nothing for the file as a whole.
    public var line: Int?
    /// The column, from one.
    public var column: Int?
    /// A few words.
    public var title: String
    /// All that is to be said.
    public var message: String

    /// Describes an annotation.
    public init(file: String, line: Int? = nil, column: Int? = nil, title: String, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.title = title
        self.message = message
    }

    /// The workflow command, one line with its end.
    public var text: String {
        let path = file.hasPrefix("./") ? String(file.dropFirst(2)) : file
        var properties = ["file=\(Self.property(path))"]
        if let line { properties.append("line=\(line)") }
        if let column { properties.append("col=\(column)") }
        properties.append("title=\(Self.property(title))")
        return "::error \(properties.joined(separator: ","))::\(Self.data(message))\n"
    }

    /// A message, escaped as GitHub reads it: a percent sign and the ends of lines.
    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D")
            .replacing("\n", with: "%0A")
    }

    /// The value of a property, in which colons and commas have a meaning as well.
    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
