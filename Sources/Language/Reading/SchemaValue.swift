/// A JSON value whose objects keep the order of their keys: what the JSON Schema of the language is written in.
package indirect enum SchemaValue {
    case object([(String, SchemaValue)])
    case array([SchemaValue])
    case string(String)
    case integer(UInt64)
    case boolean(Bool)

    /// The value as JSON text, indented by two spaces a level.
    package func json(indent: Int = 0) -> String {
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map { "\(inner)\(Self.quoted($0.0)): \($0.1.json(indent: indent + 2))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .array(let elements):
            if elements.isEmpty { return "[]" }
            let lines = elements.map { inner + $0.json(indent: indent + 2) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        case .string(let text): return Self.quoted(text)
        case .integer(let number): return String(number)
        case .boolean(let flag): return flag ? "true" : "false"
        }
    }

    /// The object with members added at its end.
    package func adding(_ members: [(String, SchemaValue)]) -> SchemaValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension ValueKind {
    /// The JSON Schema (draft 7) of files that hold one such value, for editors.
    package func jsonSchema(title: String) -> String {
        guard case .object(let members) = schema() else { preconditionFailure("a file is a section of keys") }
        return SchemaValue.object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string(title)),
        ]).adding(members).json() + "\n"
    }
}
