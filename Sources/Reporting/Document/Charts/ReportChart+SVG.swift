extension ReportChart {
    /// How wide a drawing is for a page, and for a phone.
    static let widths = (wide: 720.0, narrow: 340.0)

    /// The picture, without colours and fonts: the style sheet of the page has them.
    ///
    /// - Parameters:
    ///   - width: How wide the drawing is; text in it is twelve units high.
    ///   - identifier: A word that no other drawing of the page has.
    func svg(width: Double, identifier: String) -> String {
        var frame = ChartFrame(width: width)
        let height =
            switch shape {
            case .lines(let chart): chart.draw(in: &frame)
            case .bars(let chart): chart.draw(in: &frame)
            case .percentiles(let chart): chart.draw(in: &frame)
            case .tornado(let chart): chart.draw(in: &frame)
            }
        return frame.canvas.svg(identifier: identifier, title: title, text: text, height: height)
    }
}
