public import Language
internal import Yams

extension Scenario {
    /// Reads a scenario from the text of a file.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The name of the file, for error messages.
    ///   - overrides: Changes from the command line, which are made before anything is read. The digest that the file
    ///     expects is that of the file as it is: with changes it is not expected, unless one of them gives a digest.
    ///   - isCheck: Whether to make the changes of `check_with`, before which those of `overrides` go that are the command line's. Without them, the digest of such a file is not expected.
    /// - Throws: ``DocumentErrors`` with everything that is wrong.
    /// - Complexity: O(length of the text).
    public static func load(
        text: String, file: String, overrides: [Override] = [], isCheck: Bool = false
    ) throws(DocumentErrors) -> Scenario {
        try overrides.applied { overrides throws(DocumentErrors) in
            try read(text: text, file: file, overrides: overrides, isCheck: isCheck)
        }
    }

    private static func read(
        text: String, file: String, overrides: [Override], isCheck: Bool
    ) throws(DocumentErrors) -> Scenario {
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
            // What is changed on the command line goes before what the file lists.
            for override in overrides where override.source == nil {
                root = override.applied(to: root, diagnostics: diagnostics)
            }
            guard let small = ValueKind<RawScenario>.scenario.read(root, diagnostics) else { throw diagnostics.errors }
            raw = small
        }
        var resolver = NameResolver(raw, diagnostics: diagnostics)
        var scenario = resolver.resolve()
        if isCheck { scenario.checkedWith = raw.checkedWith.map(\.value) }
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
    ) throws(DocumentErrors) -> Scenario {
        let text = try SourceText.text(bytes: bytes, file: file)
        return try load(text: text, file: file, overrides: overrides, isCheck: isCheck)
    }

    /// The JSON Schema (draft 7) of scenario files, for editors.
    public static func jsonSchema() -> String {
        ValueKind<RawScenario>.scenario.jsonSchema(title: "Confab scenario")
    }
}
