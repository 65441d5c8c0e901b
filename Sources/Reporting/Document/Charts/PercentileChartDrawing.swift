internal import Foundation

extension ReportPercentileChart {
    /// Draws the percentiles, with the same room from 90 to 99 as from 99 to 99.9; objectives are crosses.
    ///
    /// - Returns: How high the drawing is.
    func draw(in frame: inout ChartFrame) -> Double {
        frame.legend(series.map(\.name), marks: true)
        frame.axisTitle(axis)
        let top = frame.y + 12
        let bottom = top + (frame.isNarrow ? 200 : 250)
        let points = series.flatMap(\.points) + objectives.map(\.point)
        let up = ChartScale(axis.scale, values: points.map(\.value), from: bottom, to: top, tickCount: 5)
        let left = ChartFrame.leftRoom(up.ticks)
        let right = frame.canvas.width - 20
        frame.rows(up, left: left, right: right)
        let depths = points.map { Self.depth($0.percentile) }
        let low = depths.min() ?? 0
        let high = max(low + 0.1, depths.max() ?? 1)
        func along(_ percentile: Double) -> Double {
            left + 10 + (right - left - 20) * (Self.depth(percentile) - low) / (high - low)
        }
        for percentile in [0, 50, 75, 90, 99, 99.9, 99.99, 99.999] as [Double]
        where (low - 1e-9...high + 1e-9).contains(Self.depth(percentile)) {
            let place = along(percentile)
            frame.canvas.line("grid", place, top, place, bottom)
            frame.canvas.text("tick", Self.label(percentile), x: place, y: bottom + 15, anchor: .middle)
        }
        for (index, line) in series.enumerated() {
            let shown = line.points.filter { axis.scale == .linear || $0.value > 0 }
            frame.canvas.polyline("line s\(index)", shown.map { (along($0.percentile), up.position($0.value)) })
            for point in shown {
                frame.canvas.mark(
                    index, "mark s\(index)", x: along(point.percentile), y: up.position(point.value),
                    tip: tip(line.name, point))
            }
        }
        for objective in objectives {
            let (x, y) = (along(objective.point.percentile), up.position(objective.point.value))
            frame.canvas.line("limit", x - 14, y, x + 14, y)
            frame.canvas.line("limit", x, y - 7, x, y + 7)
            let text = tip(objective.name, objective.point)
            let isRight = x - left < ChartCanvas.width(of: text)
            frame.canvas.text(
                "limit-name", text, x: isRight ? x + 4 : x - 2, y: y - 9, anchor: isRight ? .start : .end)
        }
        frame.canvas.text(
            "axis", "Percentile (%)", x: (left + right) / 2, y: bottom + 34, anchor: .middle)
        return bottom + 42
    }

    private func tip(_ name: String, _ point: Point) -> String {
        "\(name), p\(Self.label(point.percentile)): \(ReportNumber(point.value, axis.unit).text)"
    }

    private static func label(_ percentile: Double) -> String { NumberText.exact(percentile) ?? "-" }

    /// How many nines a percentile has; those of 100 and more are drawn as eight nines.
    private static func depth(_ percentile: Double) -> Double {
        -log10(max(1e-8, 1 - min(max(percentile, 0), 100) / 100))
    }
}
