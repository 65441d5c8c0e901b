internal import Language
internal import Yams

/// Writes the digest of a run into a scenario file, and changes nothing else of it.
public enum DigestPin {
    /// The text with the digest in `expect.digest`: replaced where there is one, else added at the end of the section
    /// `expect`, which is added at the end of the file if there is none.
    ///
    /// - Returns: Nothing if the section is written in a form that a line cannot be added to.
    public static func pin(_ digest: String, in text: String) -> String? {
        let diagnostics = DiagnosticCollector(file: "")
        guard let root = SourceText(text, diagnostics: diagnostics)?.root, case .mapping(let mapping) = root else {
            return nil
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let expect = mapping.first(where: { $0.key.string == "expect" })?.value else {
            let separator = text.hasSuffix("\n") ? "" : "\n"
            return text + separator + "expect:\n  digest: \(digest)\n"
        }
        guard case .mapping(let section) = expect else { return nil }
        if let old = section.first(where: { $0.key.string == "digest" })?.value, case .scalar(let scalar) = old {
            let position = old.position
            var scalars = Array(lines[position.line - 1].unicodeScalars)
            let quotes = scalar.style == .plain ? 0 : 2
            let start = position.column - 1
            let end = start + scalar.string.unicodeScalars.count + quotes
            guard end <= scalars.count else { return nil }
            scalars.replaceSubrange(start..<end, with: Array(digest.unicodeScalars))
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            lines[position.line - 1] = String(view)
            return lines.joined(separator: "\n")
        }
        guard section.style != .flow, let first = section.first else { return nil }
        let indent = String(repeating: " ", count: first.key.position.column - 1)
        lines.insert("\(indent)digest: \(digest)", at: first.key.position.line - 1)
        return lines.joined(separator: "\n")
    }
}
