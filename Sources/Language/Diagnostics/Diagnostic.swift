/// A place in a text: line and column from one; columns count Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
    /// The line, from one.
    public let line: Int
    /// The column, from one.
    public let column: Int

    /// Names a place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders places as they are read.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// Something that is wrong with a file, and where.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// The name of the file, as the user gave it.
    public let file: String
    /// Where it is wrong.
    public let position: SourcePosition
    /// What is wrong, and what would be right.
    public let message: String

    /// The form that compilers use: `file:line:column: error: message`.
    public var description: String {
        "\(file):\(position.line):\(position.column): error: \(message)"
    }
}

/// All that is wrong with a file, in the order of the text.
public struct DocumentErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong; there is at least one.
    public let diagnostics: [Diagnostic]

    /// One line for each.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}

/// Collects what is wrong while a file is read.
package final class DiagnosticCollector {
    /// Further errors are counted, not listed.
    package static let listedMax = 100

    package let file: String
    private var diagnostics: [Diagnostic] = []
    private var reported: Set<Diagnostic> = []

    package init(file: String) {
        self.file = file
    }

    package var isEmpty: Bool { diagnostics.isEmpty }

    package func report(_ message: String, at position: SourcePosition) {
        let diagnostic = Diagnostic(file: file, position: position, message: message)
        guard reported.insert(diagnostic).inserted else { return }
        diagnostics.append(diagnostic)
    }

    /// All that was reported, in the order of the text.
    package var errors: DocumentErrors {
        var sorted = diagnostics.sorted { ($0.position, $0.message) < ($1.position, $1.message) }
        if sorted.count > Self.listedMax, let last = sorted.last {
            let rest = sorted.count - Self.listedMax
            sorted = Array(sorted.prefix(Self.listedMax))
            sorted.append(Diagnostic(file: file, position: last.position, message: "and \(rest) more errors"))
        }
        return DocumentErrors(diagnostics: sorted)
    }
}
