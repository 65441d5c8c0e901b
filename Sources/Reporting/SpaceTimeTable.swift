/// A picture of a small run: a column for each process, a line for each event, time going down.
public struct SpaceTimeTable: Sendable {
    /// Something that happened.
    public struct Row: Hashable, Sendable {
        /// How a row is set off.
        public enum Emphasis: Hashable, Sendable {
            /// Not at all.
            case normal
            /// What users see.
            case shown
            /// What goes wrong.
            case fault
        }

        /// When, as text.
        public let time: String
        /// The process that it happens to.
        public let column: Int
        /// The process that sent what arrives; nothing if nothing arrives.
        public let fromColumn: Int?
        /// What happens.
        public let text: String
        /// How the row is set off.
        public let emphasis: Emphasis

        /// Puts a row together.
        public init(time: String, column: Int, fromColumn: Int?, text: String, emphasis: Emphasis) {
            self.time = time
            self.column = column
            self.fromColumn = fromColumn
            self.text = text
            self.emphasis = emphasis
        }
    }

    /// The most rows that are drawn; the picture is for small runs.
    public static let rowsMax = 300

    private let columns: [String]
    private let rows: [Row]

    /// A picture of rows over columns. Columns in which nothing happens are left out.
    public init(columns: [String], rows: [Row]) {
        let used = columns.indices.filter { column in
            rows.contains { $0.column == column || $0.fromColumn == column }
        }
        var position: [Int: Int] = [:]
        for (index, column) in used.enumerated() { position[column] = index }
        self.columns = used.map { columns[$0] }
        self.rows = rows.map { row in
            Row(
                time: row.time, column: position[row.column] ?? 0, fromColumn: row.fromColumn.flatMap { position[$0] },
                text: row.text, emphasis: row.emphasis)
        }
    }

    /// The picture as text.
    ///
    /// - Parameter width: How many characters a line may have; columns shrink to fit, down to ten characters.
    public func text(width: Int, style: TerminalStyle) -> String {
        guard !rows.isEmpty else { return "" }
        let gutter = max(8, rows.map(\.time.count).max() ?? 0) + 1
        let cell = min(22, max(10, (width - gutter) / max(1, columns.count)))
        var lines = [header(gutter: gutter, cell: cell, style: style)]
        for row in rows.prefix(Self.rowsMax) {
            lines.append(line(row, gutter: gutter, cell: cell, style: style))
        }
        if rows.count > Self.rowsMax {
            lines.append("\(rows.count - Self.rowsMax) more events are not drawn")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func header(gutter: Int, cell: Int, style: TerminalStyle) -> String {
        let names = columns.map { name in
            let short = name.count > cell - 1 ? String(name.prefix(cell - 2)) + "…" : name
            let left = (cell - short.count) / 2
            return String(repeating: " ", count: left) + NumberText.padded(short, to: cell - left)
        }
        return style.strong(String(repeating: " ", count: gutter) + names.joined())
    }

    private func line(_ row: Row, gutter: Int, cell: Int, style: TerminalStyle) -> String {
        var canvas = Array(repeating: Character(" "), count: columns.count * cell)
        func centre(_ column: Int) -> Int { column * cell + cell / 2 }
        for column in columns.indices { canvas[centre(column)] = "│" }
        let end = centre(row.column)
        if let from = row.fromColumn, from != row.column {
            let start = centre(from)
            let isRight = end > start
            let span = isRight ? start + 1..<end : end + 1..<start
            for index in span { canvas[index] = "─" }
            canvas[start] = isRight ? "├" : "┤"
            canvas[isRight ? end - 1 : end + 1] = isRight ? "▶" : "◀"
            let label = " \(row.text) "
            if label.count + 2 <= span.count {
                let offset = span.lowerBound + (span.count - label.count) / 2
                for (index, character) in label.enumerated() { canvas[offset + index] = character }
            } else {
                write(label, at: (isRight ? end : start) + 1, on: &canvas)
            }
        } else {
            canvas[end] = row.emphasis == .fault ? "✗" : "●"
            write(" \(row.text) ", at: end + 1, on: &canvas)
        }
        while canvas.last == " " { canvas.removeLast() }
        let text = String(canvas)
        let drawn =
            switch row.emphasis {
            case .normal: text
            case .shown: style.good(text)
            case .fault: style.bad(text)
            }
        return style.quiet(NumberText.padded(row.time, to: gutter)) + drawn
    }

    private func write(_ text: String, at start: Int, on canvas: inout [Character]) {
        for (index, character) in text.enumerated() {
            if start + index < canvas.count { canvas[start + index] = character } else { canvas.append(character) }
        }
    }
}
