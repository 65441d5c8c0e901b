/// A drawing in the making: scalable vector graphics whose colours and fonts the page around it decides.
struct ChartCanvas {
    /// Which side of a point a text stands on.
    enum Anchor: String {
        case start, middle, end
    }

    /// How large text is, in units of the drawing.
    static let fontSize = 12.0

    /// How wide the drawing is.
    let width: Double
    private var content = ""

    /// An empty drawing.
    init(width: Double) {
        self.width = width
    }

    /// About how wide a text is: no fonts are at hand, so this is the width of a text of wide letters.
    static func width(of text: String) -> Double { Double(text.count) * fontSize * 0.56 }

    /// A text cut to about a width, with an ellipsis where something is lacking.
    static func fitted(_ text: String, to width: Double) -> String {
        let count = max(1, Int(width / (fontSize * 0.56)))
        return text.count <= count ? text : text.prefix(count - 1) + "…"
    }

    /// A straight line.
    mutating func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        add("line", kind, [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)])
    }

    /// A rectangle, which tells what it is where somebody points at it. Corners may be given in any order.
    mutating func rectangle(
        _ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, tip: String = ""
    ) {
        let box = [("x", min(x1, x2)), ("y", min(y1, y2)), ("width", abs(x2 - x1)), ("height", abs(y2 - y1))]
        add("rect", kind, box, tip: tip)
    }

    /// A line through points.
    mutating func polyline(_ kind: String, _ points: [(x: Double, y: Double)]) {
        let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        content += "<polyline class=\"\(kind)\" points=\"\(list)\"/>\n"
    }

    /// A mark at a point, of a form of its own for each series, which tells what it is where somebody points at it.
    mutating func mark(_ form: Int, _ kind: String, x: Double, y: Double, tip: String = "") {
        let radius = 4.0
        let corners: [(Double, Double)] =
            switch form % 4 {
            case 1: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
            case 2: [(0, -1.2), (1.1, 0.9), (-1.1, 0.9)]
            case 3: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
            default: []
            }
        guard !corners.isEmpty else { return add("circle", kind, [("cx", x), ("cy", y), ("r", radius)], tip: tip) }
        let list = corners.map { "\(Self.number(x + $0.0 * radius)),\(Self.number(y + $0.1 * radius))" }
        content += "<polygon class=\"\(kind)\" points=\"\(list.joined(separator: " "))\"" + Self.close("polygon", tip)
    }

    /// A text.
    mutating func text(_ kind: String, _ text: String, x: Double, y: Double, anchor: Anchor = .start) {
        content +=
            "<text class=\"\(kind)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor.rawValue)\">"
            + "\(XMLText.content(text))</text>\n"
    }

    /// The drawing, which says what it shows to those who do not see it.
    ///
    /// - Parameters:
    ///   - identifier: A word that no other drawing of the page has.
    ///   - height: How high it is.
    func svg(identifier: String, title: String, text: String, height: Double) -> String {
        let size = "0 0 \(Self.number(width)) \(Self.number(height))"
        return
            "<svg viewBox=\"\(size)\" role=\"img\" aria-labelledby=\"\(identifier)-title \(identifier)-text\">\n"
            + "<title id=\"\(identifier)-title\">\(XMLText.content(title))</title>\n"
            + "<desc id=\"\(identifier)-text\">\(XMLText.content(text))</desc>\n" + content + "</svg>\n"
    }

    private mutating func add(
        _ element: String, _ kind: String, _ attributes: [(name: String, value: Double)], tip: String = ""
    ) {
        content += "<\(element) class=\"\(kind)\""
        for attribute in attributes { content += " \(attribute.name)=\"\(Self.number(attribute.value))\"" }
        content += Self.close(element, tip)
    }

    private static func close(_ element: String, _ tip: String) -> String {
        tip.isEmpty ? "/>\n" : "><title>\(XMLText.content(tip))</title></\(element)>\n"
    }

    /// A coordinate: tenths are finer than anybody sees.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}
