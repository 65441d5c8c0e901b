/// Rows and columns.
public struct ReportTable: Sendable, Equatable {
    /// What stands above a column.
    public struct Column: Sendable, Equatable {
        /// What is in it.
        public var title: String
        /// What its numbers are counted in; nothing for text, or where each number has a unit of its own.
        public var unit: String?

        /// A column.
        public init(_ title: String, unit: String? = nil) {
            self.title = title
            self.unit = unit
        }
    }

    /// One line of a table.
    public struct Row: Sendable, Equatable, ExpressibleByArrayLiteral {
        /// Its cells, as many as there are columns. The first says what the row is.
        public var cells: [ReportCell]
        /// Whether it is set off, as what is recommended.
        public var isEmphasised: Bool

        /// A line.
        public init(_ cells: [ReportCell], isEmphasised: Bool = false) {
            self.cells = cells
            self.isEmphasised = isEmphasised
        }

        /// A line that is not set off.
        public init(arrayLiteral cells: ReportCell...) {
            self.init(cells)
        }
    }

    /// A word for links and files; not used twice in a document.
    public var identifier: String
    /// What the table shows.
    public var caption: String
    /// What stands above its columns.
    public var columns: [Column]
    /// Its lines.
    public var rows: [Row]

    /// Puts a table together.
    ///
    /// - Precondition: Every row has as many cells as there are columns.
    public init(identifier: String, caption: String, columns: [Column], rows: [Row]) {
        precondition(rows.allSatisfy { $0.cells.count == columns.count }, "a row of \(identifier) is not full")
        self.identifier = identifier
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }
}

extension ReportTable {
    /// Whether all that is in a column is numbers, as far as there is anything.
    func isNumeric(_ column: Int) -> Bool {
        let contents = rows.map { $0.cells[column].content }
        let hasText = contents.contains { if case .text = $0 { true } else { false } }
        return !hasText && contents.contains { $0 != .empty }
    }
}
