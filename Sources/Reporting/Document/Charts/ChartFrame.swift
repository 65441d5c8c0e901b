/// What all charts have around their picture: a legend, the title of the axis, marks and lines of the grid, limits.
struct ChartFrame {
    /// The drawing.
    var canvas: ChartCanvas
    /// How far down the drawing goes by now.
    var y = 0.0

    /// A frame of nothing yet.
    init(width: Double) {
        canvas = ChartCanvas(width: width)
    }

    /// Whether there is little room, as on a phone.
    var isNarrow: Bool { canvas.width < 500 }

    /// How a value of an axis is told where there is little room: `231 K`, `1.5 M`.
    static func label(_ value: Double) -> String { NumberText.compact(value) }

    /// Names the series, each with its colour and mark. One series needs no legend.
    mutating func legend(_ names: [String], marks: Bool) {
        guard names.count > 1 else { return }
        var x = 0.0
        y += 14
        for (index, name) in names.enumerated() {
            let text = ChartCanvas.fitted(name, to: canvas.width - 24)
            let length = 20 + ChartCanvas.width(of: text) + 14
            if x > 0, x + length > canvas.width {
                x = 0
                y += 18
            }
            if marks {
                canvas.line("line s\(index)", x, y - 4, x + 16, y - 4)
                canvas.mark(index, "mark s\(index)", x: x + 8, y: y - 4)
            } else {
                canvas.rectangle("bar s\(index)", x + 2, y - 10, x + 14, y + 1)
            }
            canvas.text("label", text, x: x + 20, y: y)
            x += length
        }
        y += 8
    }

    /// Says what the axis upwards, or of the bars, measures.
    mutating func axisTitle(_ axis: ReportAxis) {
        y += 15
        let text = axis.heading + (axis.scale == .logarithmic ? ", logarithmic" : "")
        canvas.text("axis", ChartCanvas.fitted(text, to: canvas.width), x: 0, y: y)
        y += 8
    }

    /// Draws lines across the picture at the marks of an axis that goes upwards, with their values to the left.
    mutating func rows(_ scale: ChartScale, left: Double, right: Double) {
        for tick in scale.ticks {
            let place = scale.position(tick)
            canvas.line(tick == 0 ? "base" : "grid", left, place, right, place)
            canvas.text("tick", Self.label(tick), x: left - 6, y: place + 4, anchor: .end)
        }
    }

    /// Draws lines down the picture at the marks of an axis that goes to the right, with their values beneath.
    mutating func columns(_ scale: ChartScale, top: Double, bottom: Double) {
        for tick in scale.ticks {
            let place = scale.position(tick)
            canvas.line(tick == 0 ? "base" : "grid", place, top, place, bottom)
            let text = Self.label(tick)
            let half = ChartCanvas.width(of: text) / 2
            // What stands at the edge of the drawing would be cut.
            let x = min(max(place, half), canvas.width - half)
            canvas.text("tick", text, x: x, y: bottom + 15, anchor: .middle)
        }
    }

    /// Draws limits across the picture, each with its name above its line.
    mutating func limitRows(_ limits: [ReportLimit], _ scale: ChartScale, unit: String, left: Double, right: Double) {
        for limit in limits {
            let place = scale.position(limit.value)
            canvas.line("limit", left, place, right, place)
            let text = "\(limit.name): \(ReportNumber(limit.value, unit).text)"
            // What grows is low on the left.
            canvas.text("limit-name", ChartCanvas.fitted(text, to: right - left), x: left + 6, y: place - 5)
        }
    }

    /// Room to the left of an axis that goes upwards: as much as its longest value takes.
    static func leftRoom(_ ticks: [Double]) -> Double {
        (ticks.map { ChartCanvas.width(of: label($0)) }.max() ?? 0) + 10
    }
}

extension ReportAxis {
    /// What is measured, and in what.
    var heading: String { "\(title) (\(unit))" }
}
