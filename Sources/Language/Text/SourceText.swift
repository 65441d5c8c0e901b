package import Yams

/// A file as a tree of YAML nodes, after everything that no file needs and some inputs abuse was refused.
package struct SourceText {
    /// The largest file, in bytes.
    package static let bytesMax = 4 << 20
    /// The most nodes: keys, values and lists.
    package static let nodesMax = 200_000
    /// How deep nodes may be nested.
    package static let depthMax = 64
    /// How many duplicate keys are looked for before the rest is left for the next attempt.
    private static let duplicatesMax = 100

    /// The tree.
    package let root: Node

    /// Parses a text. What is wrong is reported; then there is no tree.
    package init?(_ text: String, diagnostics: DiagnosticCollector) {
        let start = SourcePosition(line: 1, column: 1)
        guard text.utf8.count <= Self.bytesMax else {
            diagnostics.report("the file is larger than \(Self.bytesMax >> 20) MiB", at: start)
            return nil
        }
        let anchors = AnchorScanner.find(in: text)
        for position in anchors {
            diagnostics.report(
                "anchors and aliases (`&`, `*`) are not part of the language; "
                    + "write the value out, or put quotes around text", at: position)
        }
        guard anchors.isEmpty, let root = Self.compose(text, diagnostics: diagnostics) else { return nil }
        var budget = Self.nodesMax
        guard Self.isModest(root, depth: 0, budget: &budget, diagnostics: diagnostics) else { return nil }
        self.root = root
    }

    /// Whether a key was put out of the way by ``compose(_:diagnostics:)`` since the same key follows.
    package static func isMasked(_ key: String) -> Bool {
        key.unicodeScalars.contains(maskScalar)
    }

    private static let maskScalar: Unicode.Scalar = "\u{E000}"

    /// Composes the tree. Yams stops at the first duplicate key, so that a duplicate's first occurrence is made another key
    /// and the text is composed again: then everything else that is wrong can be found as well.
    private static func compose(_ original: String, diagnostics: DiagnosticCollector) -> Node? {
        var text = original
        for _ in 0..<duplicatesMax {
            do {
                let parser = try Parser(yaml: text)
                guard let root = try parser.nextRoot() else {
                    diagnostics.report(
                        "the file is empty; `confab new` writes a first scenario",
                        at: SourcePosition(line: 1, column: 1))
                    return nil
                }
                if let second = try parser.nextRoot() {
                    diagnostics.report(
                        "a file holds one document; a second one begins here", at: second.position)
                }
                return root
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let first = SourcePosition(line: context.mark.line, column: context.mark.column)
                diagnostics.report(
                    "duplicate key: `\(names.first ?? "")` is given again below, in the same section", at: first)
                guard let masked = mask(text, at: first) else { return nil }
                text = masked
            } catch {
                report(error, diagnostics: diagnostics)
                return nil
            }
        }
        return nil
    }

    /// Replaces the first letter of a key by a mark that no key has.
    private static func mask(_ text: String, at position: SourcePosition) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.indices.contains(position.line - 1) else { return nil }
        var scalars = Array(lines[position.line - 1].unicodeScalars)
        var column = position.column - 1
        if scalars.indices.contains(column), scalars[column] == "\"" || scalars[column] == "'" { column += 1 }
        guard scalars.indices.contains(column), scalars[column] != maskScalar else { return nil }
        // Several occurrences of one key must not become duplicates of each other again: each gets one mark more.
        let marks = text.unicodeScalars.filter { $0 == maskScalar }.count
        scalars.replaceSubrange(column...column, with: Array(repeating: maskScalar, count: marks + 1))
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        lines[position.line - 1] = String(view)
        return lines.joined(separator: "\n")
    }

    private static func report(_ error: any Error, diagnostics: DiagnosticCollector) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            diagnostics.report(
                "this is not YAML: \(problem)",
                at: SourcePosition(line: max(1, mark.line), column: max(1, mark.column)))
        case YamlError.reader(let problem, let offset, _, let yaml):
            let before = yaml.utf8.prefix(offset ?? 0)
            let line = before.filter { $0 == UInt8(ascii: "\n") }.count + 1
            let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
            diagnostics.report("this is not text: \(problem)", at: SourcePosition(line: line, column: column))
        default:
            diagnostics.report("this is not YAML: \(error)", at: SourcePosition(line: 1, column: 1))
        }
    }

    private static func isModest(
        _ node: Node, depth: Int, budget: inout Int, diagnostics: DiagnosticCollector
    ) -> Bool {
        budget -= 1
        guard budget > 0 else {
            diagnostics.report("the file has more than \(nodesMax) values", at: node.position)
            return false
        }
        guard depth < depthMax else {
            diagnostics.report("values are nested more than \(depthMax) deep", at: node.position)
            return false
        }
        switch node {
        case .scalar, .alias: return true
        case .sequence(let sequence):
            for element in sequence {
                guard isModest(element, depth: depth + 1, budget: &budget, diagnostics: diagnostics) else {
                    return false
                }
            }
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard isModest(key, depth: depth + 1, budget: &budget, diagnostics: diagnostics),
                    isModest(value, depth: depth + 1, budget: &budget, diagnostics: diagnostics)
                else { return false }
            }
        }
        return true
    }
}

extension Node {
    /// Where the node begins.
    package var position: SourcePosition {
        SourcePosition(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
    }
}
