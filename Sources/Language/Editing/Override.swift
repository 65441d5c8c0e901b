package import Yams

/// Changes to a file from the command line, `--set system.chat_servers.count=4`, or from another file.
public struct Override: Hashable, Sendable {
    /// The keys from the top of the file, and the numbers of list entries from zero.
    public let path: [String]
    /// The new value, as it would be written in the file.
    public let value: String

    /// The other file that says so, in words; nothing for the command line.
    public let source: String?

    /// The change as it is written: `path=value`.
    public var text: String { "\(path.joined(separator: "."))=\(value)" }

    /// Puts a value in a place.
    ///
    /// - Parameter source: What says so, if not the command line.
    public init(path: [String], value: String, source: String? = nil) {
        self.path = path
        self.value = value
        self.source = source
    }

    /// Reads `path=value`.
    ///
    /// - Returns: Nothing if the text has no `=` or no path.
    public init?(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !path.isEmpty, path.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.path = path
        value = String(text[text.index(after: equals)...])
        source = nil
    }

    /// The tree with the value in its place. Sections that are missing are made.
    package func applied(to root: Node, diagnostics: DiagnosticCollector) -> Node {
        guard let source = SourceText(value.isEmpty ? "\"\"" : value, diagnostics: diagnostics) else { return root }
        return set(source.root, in: root, at: path[...], diagnostics: diagnostics)
    }

    private func set(
        _ value: Node, in node: Node, at path: ArraySlice<String>, diagnostics: DiagnosticCollector
    ) -> Node {
        guard let key = path.first else { return value }
        switch node {
        case .mapping(var mapping):
            // Names of users and servers contain points, so that the longest run of path parts that is a key counts.
            for length in stride(from: path.count, to: 1, by: -1) {
                let joined = path.prefix(length).joined(separator: ".")
                if let child = mapping[Node(joined)] {
                    mapping[Node(joined)] = set(
                        value, in: child, at: path.dropFirst(length), diagnostics: diagnostics)
                    return .mapping(mapping)
                }
            }
            // A number under a key that is not there belongs to a name, such as `chat_server.1`: no list is made by its entries.
            if mapping[Node(key)] == nil, path.count > 1, Int(path[path.startIndex + 1]) != nil {
                let server = path.prefix(2).joined(separator: ".")
                mapping[Node(server)] = set(
                    value, in: Node.sequence(Node.Sequence([])), at: path.dropFirst(2), diagnostics: diagnostics)
                return .mapping(mapping)
            }
            let child = mapping[Node(key)] ?? Node.sequence(Node.Sequence([]))
            mapping[Node(key)] = set(
                value, in: child, at: path.dropFirst(), diagnostics: diagnostics)
            return .mapping(mapping)
        case .sequence(var sequence):
            if let index = Int(key), sequence.indices.contains(index) {
                sequence[index] = set(
                    value, in: sequence[index], at: path.dropFirst(), diagnostics: diagnostics)
                return .sequence(sequence)
            }
            if sequence.isEmpty {
                return set(
                    value, in: .mapping(Node.Mapping([])), at: path, diagnostics: diagnostics)
            }
            diagnostics.report(
                "--set \(self.path.joined(separator: ".")): `\(printable(key))` is not an entry of a list of \(sequence.count)",
                at: node.position)
            return node
        case .scalar, .alias:
            diagnostics.report(
                "--set \(self.path.joined(separator: ".")): `\(printable(key))` is inside a plain value",
                at: node.position)
            return node
        }
    }
}

extension [Override] {
    /// Reads a text with these changes. Where the text itself is valid without them, the places of what is wrong are in what was set, and the
    /// messages say so.
    ///
    /// - Parameter read: Reads the text with some changes.
    package func applied<Value>(_ read: ([Override]) throws(DocumentErrors) -> Value) throws(DocumentErrors) -> Value {
        do {
            return try read(self)
        } catch {
            guard !isEmpty else { throw error }
            _ = try read([])
            // A file that changes much is named once.
            let set = map { $0.source ?? "--set \($0.text)" }.reduce(into: [String]()) { names, name in
                if names.last != name { names.append(name) }
            }.joined(separator: " ")
            throw DocumentErrors(
                diagnostics: error.diagnostics.map {
                    Diagnostic(file: $0.file, position: $0.position, message: "with \(printable(set)): \($0.message)")
                })
        }
    }
}
