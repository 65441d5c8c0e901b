/// Plain text inside Markdown as GitHub reads it.
enum MarkdownText {
    /// A text of one line, in which nothing is taken for markup: no emphasis, link, table cell, HTML, formula, mention or reference to an issue.
    static func inline(_ text: String) -> String {
        var result = ""
        var last: Unicode.Scalar = " "
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

    /// A text of one line at the beginning of a line, where it could be taken for a list or a rule.
    static func line(_ text: String) -> String {
        let escaped = inline(text)
        guard let first = escaped.first else { return escaped }
        if "-+=".contains(first) { return "\\" + escaped }
        let digits = escaped.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let next = escaped.dropFirst(digits.count).first, ".)".contains(next) else {
            return escaped
        }
        return digits + "\\" + escaped.dropFirst(digits.count)
    }
}
