extension ReportDocument {
    /// With what every page begins that Confab wrote as a report; nothing else does by accident.
    public static let pageSignature =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"confab plan\">"

    /// The report as one page for a browser: one file, which asks the network for nothing and runs no script. The same document gives the
    /// same bytes.
    public var html: String {
        let writer = PageWriter(footnotes: ReportFootnotes(self))
        let contents = sections.map { ($0.identifier, $0.title) } + [("sources", "Sources")]
        return PageTemplate.filled(
            PackageResources.ReportPage_html,
            with: [
                "@SIGNATURE@": Self.pageSignature, "@STYLE@": PageTemplate.text(PackageResources.ReportPage_css),
                "@TITLE@": XMLText.content(title),
                "@SUBTITLE@": subtitle.isEmpty ? "" : "<p class=\"subtitle\">\(XMLText.content(subtitle))</p>",
                "@SUMMARY@": summary.map(writer.block).joined(),
                "@CONTENTS@": contents.map { identifier, title in
                    "<li><a href=\(XMLText.attribute("#" + identifier))>\(XMLText.content(title))</a></li>"
                }.joined(separator: "\n"),
                "@SECTIONS@": sections.map(writer.section).joined() + writer.sources,
                "@LEGEND@":
                    "E marks an estimate: no source is known for the figure. Raised numbers lead to the sources.",
            ])
    }
}

/// A page with places in it that text is put into.
enum PageTemplate {
    /// The template with each place, a word of capitals between two at signs, replaced by what belongs there. What goes in is not looked at again:
    /// a name may well say `@STYLE@`.
    static func filled(_ template: [UInt8], with parts: [String: String]) -> String {
        var page = ""
        var rest = text(template)[...]
        while let place = rest.firstMatch(of: /@[A-Z]+@/) {
            page += rest[..<place.range.lowerBound] + (parts[String(place.output)] ?? "")
            rest = rest[place.range.upperBound...]
        }
        return page + rest
    }

    /// What is embedded in the program, as text.
    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
