internal import Yams

extension Scenario {
    /// Reads a scenario from the text of a file.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The name of the file, for error messages.
    ///   - overrides: Changes from the command line, which are made before anything is read. The digest that the file
    ///     expects is that of the file as it is: with changes it is not expected, unless one of them gives a digest.
    ///   - isCheck: Whether to make the changes of `check_with`. Without them, the digest of such a file is not expected.
    /// - Throws: ``ScenarioErrors`` with everything that is wrong.
    /// - Complexity: O(length of the text).
    public static func load(
        text: String, file: String, overrides: [Override] = [], isCheck: Bool = false
    ) throws(ScenarioErrors) -> Scenario {
        do {
            return try read(text: text, file: file, overrides: overrides, isCheck: isCheck)
        } catch {
            guard !overrides.isEmpty else { throw error }
            // Where the file itself is valid, the places are in what was set, and the messages must say so.
            _ = try read(text: text, file: file, overrides: [], isCheck: isCheck)
            let set = overrides.map { "--set \($0.path.joined(separator: "."))=\($0.value)" }.joined(separator: " ")
            throw ScenarioErrors(
                diagnostics: error.diagnostics.map {
                    Diagnostic(file: $0.file, position: $0.position, message: "with \(printable(set)): \($0.message)")
                })
        }
    }

    private static func read(
        text: String, file: String, overrides: [Override], isCheck: Bool
    ) throws(ScenarioErrors) -> Scenario {
        let diagnostics = DiagnosticCollector(file: file)
        guard let source = SourceText(text, diagnostics: diagnostics) else { throw diagnostics.errors }
        var root = source.root
        for override in overrides {
            root = override.applied(to: root, diagnostics: diagnostics)
        }
        guard var raw = ValueKind<RawScenario>.scenario.read(root, diagnostics) else { throw diagnostics.errors }
        let hasCheck = !raw.checkedWith.isEmpty
        if isCheck, hasCheck, diagnostics.isEmpty {
            for text in raw.checkedWith {
                guard let override = Override(text.value) else {
                    diagnostics.report("`\(printable(text.value))` is not of the form path=value", at: text.position)
                    continue
                }
                root = override.applied(to: root, diagnostics: diagnostics)
            }
            guard let small = ValueKind<RawScenario>.scenario.read(root, diagnostics) else { throw diagnostics.errors }
            raw = small
        }
        var resolver = NameResolver(raw, diagnostics: diagnostics)
        var scenario = resolver.resolve()
        if hasCheck, !isCheck { scenario.expectations.digest = nil }
        if !overrides.isEmpty, !overrides.contains(where: { $0.path == ["expect", "digest"] }) {
            scenario.expectations.digest = nil
        }
        guard diagnostics.isEmpty else { throw diagnostics.errors }
        return scenario
    }

    /// Reads a scenario from the bytes of a file, which may not be text at all.
    public static func load(
        bytes: [UInt8], file: String, overrides: [Override] = [], isCheck: Bool = false
    ) throws(ScenarioErrors) -> Scenario {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let diagnostics = DiagnosticCollector(file: file)
            let valid = validPrefix(of: bytes)
            let line = valid.filter { $0 == UInt8(ascii: "\n") }.count + 1
            let column = valid.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
            diagnostics.report(
                "the file is not UTF-8 text; the first byte that is not is here",
                at: SourcePosition(line: line, column: column))
            throw diagnostics.errors
        }
        return try load(text: text, file: file, overrides: overrides, isCheck: isCheck)
    }

    /// The JSON Schema (draft 7) of scenario files, for editors.
    public static func jsonSchema() -> String {
        SchemaValue.object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string("Confab scenario")),
        ]).adding(members(of: ValueKind<RawScenario>.scenario.schema())).json() + "\n"
    }

    private static func members(of value: SchemaValue) -> [(String, SchemaValue)] {
        if case .object(let members) = value { members } else { [] }
    }

    /// The longest beginning of the bytes that is text, found by halving.
    private static func validPrefix(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        var low = 0
        var high = bytes.count
        while low < high {
            let middle = (low + high + 1) / 2
            // A cut inside a character is not an error of the text: up to three bytes more may complete it.
            let isValid = (middle...min(middle + 3, bytes.count)).contains {
                String(validating: bytes[..<$0], as: UTF8.self) != nil
            }
            if isValid { low = middle } else { high = middle - 1 }
        }
        return bytes[..<low]
    }
}
