extension ReportBarChart {
    /// Draws the bars, each with what it comes to.
    ///
    /// - Returns: How high the drawing is.
    func draw(in frame: inout ChartFrame) -> Double {
        frame.legend(series.map(\.name), marks: false)
        frame.axisTitle(axis)
        return direction == .vertical ? drawUpwards(in: &frame) : drawToTheRight(in: &frame)
    }

    private func total(_ category: Int) -> Double { series.reduce(0) { $0 + max(0, $1.values[category]) } }

    private var extent: [Double] { categories.indices.map(total) + limits.map(\.value) }

    /// What the layers of a category add up to from below: for each, where it begins and ends.
    private func layers(_ category: Int) -> [(series: Int, from: Double, to: Double)] {
        var sum = 0.0
        return series.indices.compactMap { index in
            let value = series[index].values[category]
            guard value.isFinite, value > 0 else { return nil }
            defer { sum += value }
            return (index, sum, sum + value)
        }
    }

    private func tip(_ index: Int, _ category: Int) -> String {
        "\(series[index].name), \(categories[category]): \(ReportNumber(series[index].values[category], axis.unit).text)"
    }

    private func drawUpwards(in frame: inout ChartFrame) -> Double {
        let top = frame.y + 16
        let bottom = top + (frame.isNarrow ? 190 : 240)
        let up = ChartScale(axis.scale, values: extent, from: bottom, to: top, tickCount: 5)
        let left = ChartFrame.leftRoom(up.ticks)
        let right = frame.canvas.width - 4
        frame.rows(up, left: left, right: right)
        let step = (right - left) / Double(max(1, categories.count))
        for category in categories.indices {
            let middle = left + step * (Double(category) + 0.5)
            let half = min(36, step * 0.36)
            for layer in layers(category) {
                let from = layer.from > 0 ? up.position(layer.from) : bottom
                frame.canvas.rectangle(
                    "bar s\(layer.series)", middle - half, from, middle + half, up.position(layer.to),
                    tip: tip(layer.series, category))
            }
            frame.canvas.text(
                "value", ChartFrame.label(total(category)), x: middle, y: up.position(total(category)) - 5,
                anchor: .middle)
            frame.canvas.text(
                "label", ChartCanvas.fitted(categories[category], to: step), x: middle, y: bottom + 16, anchor: .middle)
        }
        frame.limitRows(limits, up, unit: axis.unit, left: left, right: right)
        frame.canvas.text("axis", categoryTitle, x: (left + right) / 2, y: bottom + 35, anchor: .middle)
        return bottom + 43
    }

    private func drawToTheRight(in frame: inout ChartFrame) -> Double {
        let longest = categories.map { ChartCanvas.width(of: $0) }.max() ?? 0
        // On a phone names stand above their bars.
        let left = frame.isNarrow ? 4 : min(longest + 10, frame.canvas.width * 0.38)
        let right = frame.canvas.width - 66
        let along = ChartScale(axis.scale, values: extent, from: left, to: right, tickCount: frame.isNarrow ? 3 : 6)
        let top = frame.y + 16 * Double(limits.count) + 2
        let rowHeight = frame.isNarrow ? 40.0 : 28.0
        let bottom = top + rowHeight * Double(categories.count) + 4
        frame.columns(along, top: top, bottom: bottom)
        for category in categories.indices {
            let rowTop = top + rowHeight * Double(category) + 4
            let barTop = frame.isNarrow ? rowTop + 15 : rowTop + 2
            let barBottom = rowTop + rowHeight - 5
            if frame.isNarrow {
                let name = ChartCanvas.fitted(categories[category], to: frame.canvas.width - 8)
                frame.canvas.text("label", name, x: left, y: rowTop + 10)
            } else {
                let name = ChartCanvas.fitted(categories[category], to: left - 10)
                frame.canvas.text("label", name, x: left - 8, y: (barTop + barBottom) / 2 + 4, anchor: .end)
            }
            for layer in layers(category) {
                let from = layer.from > 0 ? along.position(layer.from) : left
                frame.canvas.rectangle(
                    "bar s\(layer.series)", from, barTop, along.position(layer.to), barBottom,
                    tip: tip(layer.series, category))
            }
        }
        for (index, limit) in limits.enumerated() {
            let place = along.position(limit.value)
            let lineTop = frame.y + 16 * Double(index) + 4
            frame.canvas.line("limit", place, lineTop, place, bottom)
            let text = "\(limit.name): \(ReportNumber(limit.value, axis.unit).text)"
            let isRight = place - ChartCanvas.width(of: text) - 4 < 0
            frame.canvas.text(
                "limit-name", text, x: isRight ? place + 5 : place - 5, y: lineTop + 9, anchor: isRight ? .start : .end)
        }
        // What the bars come to stands before the lines of the limits.
        for category in categories.indices {
            let middle = top + rowHeight * Double(category) + (frame.isNarrow ? rowHeight / 2 + 9 : rowHeight / 2 + 2.5)
            let end = total(category) > 0 ? along.position(total(category)) : left
            frame.canvas.text("value", ChartFrame.label(total(category)), x: end + 5, y: middle + 4)
        }
        return bottom + 24
    }
}
