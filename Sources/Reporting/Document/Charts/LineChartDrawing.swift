extension ReportLineChart {
    /// Draws the lines, each with dashes and marks of its own, so that colour is not all that tells them apart.
    ///
    /// - Returns: How high the drawing is.
    func draw(in frame: inout ChartFrame) -> Double {
        frame.legend(series.map(\.name), marks: true)
        frame.axisTitle(yAxis)
        let top = frame.y + 8
        let bottom = top + (frame.isNarrow ? 190 : 240)
        let values = series.flatMap { $0.points.map(\.y) } + limits.map(\.value)
        let up = ChartScale(yAxis.scale, values: values, from: bottom, to: top, tickCount: 5)
        let left = ChartFrame.leftRoom(up.ticks)
        let right = frame.canvas.width - 12
        let places = series.flatMap { $0.points.map(\.x) }
        let isWhole = xAxis.scale == .linear && places.allSatisfy { $0 == $0.rounded() }
        let count = frame.isNarrow ? 5 : 9
        let along =
            isWhole
            ? ChartScale(wholeNumbers: places, from: left + 8, to: right - 8, tickCount: count)
            : ChartScale(xAxis.scale, values: places, from: left, to: right, tickCount: count)
        frame.rows(up, left: left, right: right)
        frame.columns(along, top: top, bottom: bottom)
        frame.limitRows(limits, up, unit: yAxis.unit, left: left, right: right)
        for (index, line) in series.enumerated() {
            let shown = line.points.filter { yAxis.scale == .linear || $0.y > 0 }
            frame.canvas.polyline("line s\(index)", shown.map { (along.position($0.x), up.position($0.y)) })
            for point in shown {
                let tip =
                    "\(line.name), \(xAxis.title) \(NumberText.automatic(point.x)): \(ReportNumber(point.y, yAxis.unit).text)"
                frame.canvas.mark(
                    index, "mark s\(index)", x: along.position(point.x), y: up.position(point.y), tip: tip)
            }
        }
        frame.canvas.text("axis", xAxis.heading, x: (left + right) / 2, y: bottom + 34, anchor: .middle)
        return bottom + 42
    }
}
