package import Yams

/// Reads the keys of one section, each named once together with what it means. The same calls that read a section describe it
/// when there is nothing to read.
package final class SectionReader {
    private struct Entry {
        let key: String
        let keyPosition: SourcePosition
        let value: Node
    }

    private let entries: [Entry]?
    private let sectionPosition: SourcePosition
    private let diagnostics: DiagnosticCollector
    private var known: [String] = []
    private var properties: [(String, SchemaValue)] = []
    private var requiredKeys: [String] = []
    private var choices: [[String]] = []
    private var hasFailed = false

    /// Reads a section.
    package init(_ mapping: Node.Mapping, position: SourcePosition, diagnostics: DiagnosticCollector) {
        entries = mapping.compactMap { key, value in
            guard let text = keyText(key, diagnostics), !SourceText.isMasked(text) else { return nil }
            return Entry(key: text, keyPosition: key.position, value: value)
        }
        sectionPosition = position
        self.diagnostics = diagnostics
    }

    /// Describes a section.
    package init() {
        entries = nil
        sectionPosition = SourcePosition(line: 1, column: 1)
        diagnostics = DiagnosticCollector(file: "")
    }

    /// A key that must be there.
    package func required<Value>(_ key: String, _ kind: ValueKind<Value>, _ meaning: String) -> Value {
        note(key, kind.schema(), meaning)
        requiredKeys.append(key)
        guard let entries else { return kind.fallback() }
        guard let entry = entries.first(where: { $0.key == key }) else {
            diagnostics.report("the key `\(key)` is missing: \(meaning)", at: sectionPosition)
            return kind.fallback()
        }
        return read(entry, kind) ?? kind.fallback()
    }

    /// A key that may be left out; the default is written as it would be in a file.
    package func optional<Value>(
        _ key: String, _ kind: ValueKind<Value>, default text: String, _ meaning: String
    ) -> Value {
        let isSection = text.hasPrefix("{")
        note(
            key, isSection ? kind.schema() : kind.schema().adding([("default", .string(text))]),
            isSection && text.count > 2 ? "\(meaning) Default: \(text)." : meaning)
        if let entry = entries?.first(where: { $0.key == key }) {
            return read(entry, kind) ?? kind.fallback()
        }
        let node = text.hasPrefix("{") || text.hasPrefix("[") ? try? Yams.compose(yaml: text) : Node(text)
        guard let node, let value = kind.read(node, diagnostics) else {
            preconditionFailure("the default of `\(key)` is not valid: \(diagnostics.errors)")
        }
        return value
    }

    /// A key that may be left out and then has no value.
    package func optional<Value>(_ key: String, _ kind: ValueKind<Value>, _ meaning: String) -> Value? {
        note(key, kind.schema(), meaning)
        return entries?.first { $0.key == key }.flatMap { read($0, kind) }
    }

    /// Demands that exactly one of some keys is there, which were asked for as optional ones.
    package func requireOne(of keys: [String], _ meaning: String) {
        choices.append(keys)
        guard !isDescribing else { return }
        let given = keys.filter(gives)
        let list = keys.map { "`\($0)`" }.joined(separator: " and ")
        if given.isEmpty {
            diagnostics.report("one of \(list) is missing: \(meaning)", at: sectionPosition)
        }
        for key in given.dropFirst() { report(key, "only one of \(list) may say \(meaning)") }
    }

    /// Whether there is nothing to read: the section only says what it could hold.
    package var isDescribing: Bool { entries == nil }

    /// Whether the file gives the key.
    package func gives(_ key: String) -> Bool {
        entries?.contains { $0.key == key } ?? false
    }

    /// Where the value of a key is, or the section if the file does not give it.
    package func position(of key: String) -> SourcePosition {
        entries?.first { $0.key == key }?.value.position ?? sectionPosition
    }

    /// Reports that the value of a key does not fit the others; not if one of them could not be read.
    package func report(_ key: String, _ message: String) {
        guard !isDescribing, !hasFailed else { return }
        diagnostics.report(message, at: position(of: key))
    }

    /// Reports a key that is given but can have no effect.
    package func rejectIfGiven(_ key: String, because reason: String) {
        guard let entry = entries?.first(where: { $0.key == key }) else { return }
        diagnostics.report("`\(key)` would have no effect: \(reason)", at: entry.keyPosition)
    }

    /// The keys that were not asked for, with their values: for sections in which the user chooses a key.
    package func otherEntries() -> [(key: Located<String>, value: Node)] {
        (entries ?? []).filter { !known.contains($0.key) }
            .map { (Located(value: $0.key, position: $0.keyPosition), $0.value) }
    }

    /// Reports the keys that were not asked for.
    package func rejectOthers() {
        for other in otherEntries() {
            diagnostics.report(
                "unknown key `\(printable(other.key.value))`\(NearestName.hint(for: other.key.value, among: known))",
                at: other.key.position)
        }
    }

    /// The schema of the section as it was asked for.
    package var schema: SchemaValue {
        var members: [(String, SchemaValue)] = [
            ("type", .string("object")), ("additionalProperties", .boolean(false)), ("properties", .object(properties)),
        ]
        if !requiredKeys.isEmpty { members.append(("required", .array(requiredKeys.map(SchemaValue.string)))) }
        for keys in choices {
            let alternatives = keys.map { SchemaValue.object([("required", .array([.string($0)]))]) }
            members.append(("oneOf", .array(alternatives)))
        }
        return .object(members)
    }

    private func read<Value>(_ entry: Entry, _ kind: ValueKind<Value>) -> Value? {
        let value = kind.read(entry.value, diagnostics)
        if value == nil { hasFailed = true }
        return value
    }

    /// Takes note of a key. What describes it is made only if the section is described: sections in it would be gone through once more.
    private func note(_ key: String, _ schema: @autoclosure () -> SchemaValue, _ meaning: String) {
        known.append(key)
        if isDescribing { properties.append((key, schema().adding([("description", .string(meaning))]))) }
    }
}

extension ValueKind {
    /// A section that a function reads key by key.
    package static func section(_ body: @escaping (SectionReader) -> Value) -> ValueKind {
        ValueKind(
            read: { node, diagnostics in
                guard case .mapping(let mapping) = node else {
                    diagnostics.report("expected a section of keys, but this is \(describe(node))", at: node.position)
                    return nil
                }
                let reader = SectionReader(mapping, position: node.position, diagnostics: diagnostics)
                let value = body(reader)
                reader.rejectOthers()
                return value
            },
            schema: {
                let reader = SectionReader()
                _ = body(reader)
                return reader.schema
            }, fallback: { body(SectionReader()) })
    }

    /// A section that has exactly one of several keys.
    package static func oneOf(_ what: String, _ choices: [(key: String, kind: ValueKind)]) -> ValueKind {
        let names = choices.map(\.key)
        return ValueKind(
            read: { node, diagnostics in
                guard case .mapping(let mapping) = node else {
                    diagnostics.report(
                        "expected \(what) (\(names.joined(separator: ", "))), but this is \(describe(node))",
                        at: node.position)
                    return nil
                }
                let entries = mapping.filter { !SourceText.isMasked($0.key.string ?? "") }
                guard entries.count == 1, let (key, value) = entries.first else {
                    diagnostics.report(
                        "expected exactly one of \(names.map { "`\($0)`" }.joined(separator: ", "))", at: node.position)
                    return nil
                }
                guard let name = keyText(key, diagnostics) else { return nil }
                guard let choice = choices.first(where: { $0.key == name }) else {
                    diagnostics.report(
                        "`\(printable(name))` is not \(what)\(NearestName.hint(for: name, among: names))",
                        at: key.position)
                    return nil
                }
                return choice.kind.read(value, diagnostics)
            },
            schema: {
                .object([
                    (
                        "oneOf",
                        .array(
                            choices.map { choice in
                                .object([
                                    ("type", .string("object")), ("additionalProperties", .boolean(false)),
                                    ("properties", .object([(choice.key, choice.kind.schema())])),
                                    ("required", .array([.string(choice.key)])),
                                ])
                            })
                    )
                ])
            }, fallback: choices[0].kind.fallback)
    }
}
