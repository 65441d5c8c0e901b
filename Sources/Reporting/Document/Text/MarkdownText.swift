/// Plain text inside Markdown as GitHub reads it.
enum MarkdownText {
    /// A text of one line, in which nothing is taken for markup: no emphasis, link, table cell, HTML, formula, mention or reference to an issue.
    static func inline(_ text: String) -> String {
        var result = ""
        var last: Unicode.Scalar = "."
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "{", "}", "|", "~", "$", "!": result += "\\\(scalar)"
            // GitHub looks for names, numbers and addresses in what is left of the text when it is no longer Markdown.
            case "@", "#": result += "\(scalar)\u{200B}"
            case "/" where last == ":": result += "\u{200B}/"
            case "." where result.hasSuffix("www"): result += "\u{200B}."
            case _ where scalar.properties.isWhitespace: if last != " " { result += " " }
            default: result.unicodeScalars.append(XMLText.isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
            last = scalar.properties.isWhitespace ? " " : scalar
        }
        return result
    }

    /// Sentences that begin a line, with what stands between backticks as code.
    static func prose(_ text: String) -> String {
        let parts = ReportProse.parts(text)
        let texts = parts.map { part in
            part.isCode
                ? "`\(part.text.split(whereSeparator: \.isWhitespace).joined(separator: " "))`"
                : inline(String(part.text))
        }
        guard let first = parts.first, !first.isCode else { return texts.joined() }
        return line(escaped: texts[0]) + texts.dropFirst().joined()
    }

    /// A text of one line at the beginning of a line, where it could be taken for a list or a rule.
    static func line(_ text: String) -> String { line(escaped: inline(text)) }

    private static func line(escaped: String) -> String {
        let escaped = escaped.drop { $0 == " " }
        guard let first = escaped.first else { return "" }
        if "-+=".contains(first) { return "\\" + escaped }
        let digits = escaped.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let next = escaped.dropFirst(digits.count).first, ".)".contains(next) else {
            return String(escaped)
        }
        return digits + "\\" + escaped.dropFirst(digits.count)
    }
}
