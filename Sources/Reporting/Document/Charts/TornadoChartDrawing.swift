extension ReportTornadoChart {
    /// Draws a bar for each input on both sides of what the plan comes to.
    ///
    /// - Returns: How high the drawing is.
    func draw(in frame: inout ChartFrame) -> Double {
        frame.legend(["low value of the input", "high value of the input"], marks: false)
        frame.axisTitle(axis)
        let width = frame.canvas.width
        let names = entries.flatMap { [$0.name, Self.range($0)] }
        let left = frame.isNarrow ? 4 : min((names.map { ChartCanvas.width(of: $0) }.max() ?? 0) + 10, width * 0.4)
        let results = entries.flatMap { [$0.lowResult, $0.highResult] } + [baseline]
        // Room for what the ends of the bars say.
        let room = (results.map { ChartCanvas.width(of: ChartFrame.label($0)) }.max() ?? 0) + 8
        let along = ChartScale(
            axis.scale, values: results, from: left + room, to: width - room, tickCount: frame.isNarrow ? 3 : 6,
            hasZero: false)
        let top = frame.y + 18
        let rowHeight = frame.isNarrow ? 54.0 : 40.0
        let bottom = top + rowHeight * Double(entries.count) + 4
        frame.columns(along, top: top, bottom: bottom)
        for (index, entry) in entries.enumerated() {
            let rowTop = top + rowHeight * Double(index) + 4
            let barTop = frame.isNarrow ? rowTop + 30 : rowTop + 4
            let barBottom = rowTop + rowHeight - 8
            let x = frame.isNarrow ? left : left - 8
            let fit = frame.isNarrow ? width : left - 10
            let anchor = frame.isNarrow ? ChartCanvas.Anchor.start : .end
            frame.canvas.text(
                "label", ChartCanvas.fitted(entry.name, to: fit), x: x, y: rowTop + 12, anchor: anchor)
            frame.canvas.text(
                "tick", ChartCanvas.fitted(Self.range(entry), to: fit), x: x, y: rowTop + 26, anchor: anchor)
            draw(entry, from: barTop, to: barBottom, along, in: &frame.canvas)
        }
        let middle = along.position(baseline)
        frame.canvas.line("limit", middle, frame.y + 4, middle, bottom)
        let text = "as planned: \(ReportNumber(baseline, axis.unit).text)"
        let isRight = middle - ChartCanvas.width(of: text) - 4 < 0
        frame.canvas.text(
            "limit-name", text, x: isRight ? middle + 5 : middle - 5, y: frame.y + 12, anchor: isRight ? .start : .end)
        return bottom + 24
    }

    private func draw(
        _ entry: Entry, from top: Double, to bottom: Double, _ along: ChartScale, in canvas: inout ChartCanvas
    ) {
        let ends = [
            (result: entry.lowResult, input: entry.lowInput, kind: "bar s0"),
            (result: entry.highResult, input: entry.highInput, kind: "bar s1"),
        ]
        // Bars on the same side would hide each other: there each has half of the height.
        let isOneSided = (entry.lowResult - baseline) * (entry.highResult - baseline) > 0
        let height = isOneSided ? (bottom - top) / 2 : bottom - top
        for (index, end) in ends.enumerated() where end.result != baseline && end.result.isFinite {
            let y = isOneSided ? top + height * Double(index) : top
            canvas.rectangle(
                end.kind, along.position(baseline), y, along.position(end.result), y + height,
                tip: "\(entry.name) of \(end.input): \(ReportNumber(end.result, axis.unit).text)")
        }
        let outer = [entry.lowResult, entry.highResult, baseline].filter(\.isFinite)
        if let most = outer.max(), most > baseline {
            canvas.text("value", ChartFrame.label(most), x: along.position(most) + 5, y: (top + bottom) / 2 + 4)
        }
        if let least = outer.min(), least < baseline {
            let x = along.position(least) - 5
            canvas.text("value", ChartFrame.label(least), x: x, y: (top + bottom) / 2 + 4, anchor: .end)
        }
    }

    private static func range(_ entry: Entry) -> String { "\(entry.lowInput) to \(entry.highInput)" }
}
