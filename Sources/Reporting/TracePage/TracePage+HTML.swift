internal import Foundation

extension TracePage {
    /// With what every page begins that Confab wrote; nothing else does by accident.
    public static let signature =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"confab trace\">"

    /// The page. The same run gives the same bytes.
    public var html: String {
        get throws {
            let script = [
                PackageResources.TraceLayout_js, PackageResources.TraceDrawing_js, PackageResources.TraceControls_js,
            ]
            return PageTemplate.filled(
                PackageResources.TracePage_html,
                with: [
                    "@STYLE@": PageTemplate.text(PackageResources.TracePage_css), "@DATA@": try data,
                    "@SCRIPT@": script.map(PageTemplate.text).joined(separator: "\n"),
                ])
        }
    }

    /// The data of the page as a script element may hold it: JSON in which no markup can begin or end.
    var data: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Self.scriptSafe(String(decoding: try encoder.encode(self), as: UTF8.self))
        }
    }

    /// JSON with all that means something to the reader of a script element written as escapes, which mean the same to the reader of JSON.
    static func scriptSafe(_ json: String) -> String {
        var result = ""
        result.unicodeScalars.reserveCapacity(json.unicodeScalars.count)
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<": result += "\\u003c"
            case ">": result += "\\u003e"
            case "&": result += "\\u0026"
            case "\u{2028}": result += "\\u2028"
            case "\u{2029}": result += "\\u2029"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
