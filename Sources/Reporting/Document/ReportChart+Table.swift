extension ReportChart {
    /// The numbers of the picture as a table.
    var table: ReportTable {
        let (columns, rows) =
            switch shape {
            case .lines(let chart): chart.columnsAndRows
            case .bars(let chart): chart.columnsAndRows
            case .percentiles(let chart): chart.columnsAndRows
            case .tornado(let chart): chart.columnsAndRows
            }
        return ReportTable(identifier: identifier, caption: title, columns: columns, rows: rows)
    }
}

private typealias Columns = [ReportTable.Column]
private typealias Rows = [ReportTable.Row]

extension ReportAxis {
    fileprivate var column: ReportTable.Column { ReportTable.Column(title, unit: unit) }
}

/// Puts series with points of their own side by side: a row for each place at which one of them has a point.
private func merged(_ series: [[(x: Double, y: Double)]], head: (Double) -> ReportCell) -> Rows {
    let places = series.flatMap { $0.map(\.x) }.sorted()
    return places.enumerated().compactMap { index, place in
        guard index == 0 || places[index - 1] != place else { return nil }
        let fields = series.map { points in points.first { $0.x == place }.map { ReportCell.number($0.y) } ?? .empty }
        return ReportTable.Row([head(place)] + fields)
    }
}

extension ReportLineChart {
    fileprivate var columnsAndRows: (Columns, Rows) {
        let columns = [xAxis.column] + series.map { ReportTable.Column($0.name, unit: yAxis.unit) }
        let rows = merged(series.map { $0.points.map { ($0.x, $0.y) } }) { .number($0) }
        return (columns, rows + limits.map { $0.row(columnCount: columns.count, unit: yAxis.unit) })
    }
}

extension ReportLimit {
    /// A line for what the others are held against; the first number of it is the limit.
    fileprivate func row(columnCount: Int, unit: String) -> ReportTable.Row {
        let fields: [ReportCell] = [.text(name), .number(ReportNumber(value, unit))]
        return ReportTable.Row(
            Array((fields + Array(repeating: .empty, count: columnCount)).prefix(max(2, columnCount))))
    }
}

extension ReportBarChart {
    fileprivate var columnsAndRows: (Columns, Rows) {
        let columns =
            [ReportTable.Column(categoryTitle)] + series.map { ReportTable.Column($0.name, unit: axis.unit) }
        let rows = categories.indices.map { index in
            ReportTable.Row([.text(categories[index])] + series.map { .number($0.values[index]) })
        }
        return (columns, rows + limits.map { $0.row(columnCount: columns.count, unit: axis.unit) })
    }
}

extension ReportPercentileChart {
    fileprivate var columnsAndRows: (Columns, Rows) {
        let all = series + objectives.map { Series($0.name, [$0.point]) }
        let columns =
            [ReportTable.Column("Percentile", unit: "%")] + all.map { ReportTable.Column($0.name, unit: axis.unit) }
        return (columns, merged(all.map { $0.points.map { ($0.percentile, $0.value) } }) { .number($0) })
    }
}

extension ReportTornadoChart {
    fileprivate var columnsAndRows: (Columns, Rows) {
        let columns = [
            ReportTable.Column("Input"), ReportTable.Column("Low"),
            ReportTable.Column("\(axis.title) with the low value", unit: axis.unit), ReportTable.Column("High"),
            ReportTable.Column("\(axis.title) with the high value", unit: axis.unit),
        ]
        let rows = entries.map { entry -> ReportTable.Row in
            [
                .text(entry.name), .text(entry.lowInput), .number(entry.lowResult), .text(entry.highInput),
                .number(entry.highResult),
            ]
        }
        return (columns, [[.text("as planned"), .empty, .number(baseline), .empty, .number(baseline)]] + rows)
    }
}
