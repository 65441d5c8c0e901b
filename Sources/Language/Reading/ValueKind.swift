package import Yams

/// A kind of value: how it is read from a node, and how the JSON Schema describes it. Both are said in one place, so that
/// the language and its schema cannot differ.
package struct ValueKind<Value> {
    /// Reads a value. What is wrong is reported; then there is none.
    package let read: (Node, DiagnosticCollector) -> Value?
    /// Describes the values.
    package let schema: () -> SchemaValue
    /// Some value, to go on with after an error.
    package let fallback: () -> Value

    /// Puts a kind together.
    package init(
        read: @escaping (Node, DiagnosticCollector) -> Value?, schema: @escaping () -> SchemaValue,
        fallback: @escaping () -> Value
    ) {
        self.read = read
        self.schema = schema
        self.fallback = fallback
    }
}

extension ValueKind {
    /// A value that is written as plain text.
    package static func scalar(
        _ expectation: String, schema: SchemaValue, fallback: Value,
        parse: @escaping (String) -> Result<Value, ReadingFailure>
    ) -> ValueKind {
        ValueKind(
            read: { node, diagnostics in
                guard let text = scalarText(node, expectation, diagnostics) else { return nil }
                switch parse(text) {
                case .success(let value): return value
                case .failure(let failure):
                    diagnostics.report(failure.message, at: node.position)
                    return nil
                }
            },
            schema: { schema }, fallback: { fallback })
    }

    /// The same values, in another form.
    package func map<Other>(_ transform: @escaping (Value) -> Other) -> ValueKind<Other> {
        let read = read
        let fallback = fallback
        return ValueKind<Other>(
            read: { node, diagnostics in read(node, diagnostics).map(transform) }, schema: schema,
            fallback: { transform(fallback()) })
    }

    /// The same values, with the place where each was found.
    package var located: ValueKind<Located<Value>> {
        let read = read
        let fallback = fallback
        return ValueKind<Located<Value>>(
            read: { node, diagnostics in
                read(node, diagnostics).map { Located(value: $0, position: node.position) }
            },
            schema: schema,
            fallback: { Located(value: fallback(), position: SourcePosition(line: 1, column: 1)) })
    }

    /// The same values, and nothing in place of one that could not be read.
    package var orNone: ValueKind<Value?> {
        let read = read
        return ValueKind<Value?>(
            read: { node, diagnostics in read(node, diagnostics).map(Optional.some) }, schema: schema,
            fallback: { nil })
    }

    /// A list of such values.
    package func list(_ count: ClosedRange<Int>) -> ValueKind<[Value]> {
        let read = read
        let schema = schema
        return ValueKind<[Value]>(
            read: { node, diagnostics in
                guard case .sequence(let sequence) = node else {
                    diagnostics.report("expected a list, `[…]`, but this is \(describe(node))", at: node.position)
                    return nil
                }
                guard count.contains(sequence.count) else {
                    diagnostics.report(
                        "a list of \(sequence.count); it must have \(count.lowerBound) to \(count.upperBound) entries",
                        at: node.position)
                    return nil
                }
                return sequence.compactMap { read($0, diagnostics) }
            },
            schema: {
                .object([
                    ("type", .string("array")), ("items", schema()), ("minItems", .integer(UInt64(count.lowerBound))),
                    ("maxItems", .integer(UInt64(count.upperBound))),
                ])
            }, fallback: { [] })
    }

    /// A section whose keys are names that the user chooses.
    package func table(
        named what: String, count: ClosedRange<Int>, pattern: String, isName: @escaping (String) -> Bool
    ) -> ValueKind<[(name: Located<String>, value: Value)]> {
        let read = read
        let schema = schema
        return ValueKind<[(name: Located<String>, value: Value)]>(
            read: { node, diagnostics in
                guard case .mapping(let mapping) = node else {
                    diagnostics.report(
                        "expected a section of \(what)s by name, but this is \(describe(node))", at: node.position)
                    return nil
                }
                guard count.contains(mapping.count) else {
                    diagnostics.report(
                        "\(mapping.count) \(what)s; there may be \(count.lowerBound) to \(count.upperBound)",
                        at: node.position)
                    return nil
                }
                return mapping.compactMap { key, value in
                    guard let name = keyText(key, diagnostics), !SourceText.isMasked(name) else { return nil }
                    guard isName(name) else {
                        diagnostics.report(
                            "`\(printable(name))` cannot name a \(what); a name matches \(pattern)", at: key.position)
                        return nil
                    }
                    return read(value, diagnostics).map { (Located(value: name, position: key.position), $0) }
                }
            },
            schema: {
                .object([
                    ("type", .string("object")), ("patternProperties", .object([(pattern, schema())])),
                    ("additionalProperties", .boolean(false)),
                ])
            }, fallback: { [] })
    }
}

/// A value and where it was found.
package struct Located<Value> {
    package let value: Value
    package let position: SourcePosition

    /// Puts a value at a place.
    package init(value: Value, position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

/// Why a text is not a value of a kind.
package struct ReadingFailure: Error {
    package let message: String

    /// Says why.
    package init(message: String) {
        self.message = message
    }
}

/// The text of a scalar node, if it is one without a tag and not empty.
package func scalarText(_ node: Node, _ expectation: String, _ diagnostics: DiagnosticCollector) -> String? {
    guard case .scalar(let scalar) = node else {
        diagnostics.report("expected \(expectation), but this is \(describe(node))", at: node.position)
        return nil
    }
    if scalar.style == .plain, scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null" {
        diagnostics.report("a value is missing; expected \(expectation)", at: node.position)
        return nil
    }
    return scalar.string
}

/// The text of a key.
package func keyText(_ node: Node, _ diagnostics: DiagnosticCollector) -> String? {
    guard case .scalar(let scalar) = node else {
        diagnostics.report("a key must be a plain word, but this is \(describe(node))", at: node.position)
        return nil
    }
    return scalar.string
}

/// What a node is, in a user's words.
package func describe(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "`\(printable(scalar.string))`"
    case .mapping: "a section of keys"
    case .sequence: "a list"
    case .alias: "an alias"
    }
}

/// A text from a file as it can be shown in a message: short, and without control characters.
package func printable(_ text: String) -> String {
    var result = ""
    for character in text.prefix(60) {
        let isControl = character.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0 == "\u{E000}"
        }
        result.append(isControl ? "?" : character)
    }
    return text.count > 60 ? result + "…" : result
}
