import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What is in a drawing: its elements with their attributes, and the text in it.
private final class Drawing: NSObject, XMLParserDelegate {
    private(set) var elements: [(name: String, attributes: [String: String])] = []
    private(set) var texts: [String] = []
    private var isText = false

    init(_ chart: ReportChart, width: Double) throws {
        super.init()
        let parser = XMLParser(data: Data(chart.svg(width: width, identifier: chart.identifier).utf8))
        parser.delegate = self
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append((name, attributes))
        texts.append("")
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if !texts.isEmpty { texts[texts.count - 1] += text }
    }

    /// The elements of a class.
    func all(_ kind: String) -> [[String: String]] {
        elements.filter { $0.attributes["class"] == kind }.map(\.attributes)
    }

    /// The numbers of an attribute of the elements of a class.
    func numbers(_ attribute: String, of kind: String) -> [Double] {
        all(kind).compactMap { $0[attribute].flatMap { Double($0) } }
    }
}

@Suite("Charts of a report")
struct ReportChartTests {
    private static let widths = [ReportChart.widths.wide, ReportChart.widths.narrow]

    private func chart(_ identifier: String) throws -> ReportChart {
        try #require(SampleReport.charts(name: "a design").first { $0.identifier == identifier })
    }

    @Test("every chart is well-formed, says what it shows, and stays inside its frame", arguments: widths)
    func frames(width: Double) throws {
        for chart in SampleReport.charts(name: SampleReport.hostile) {
            let drawing = try Drawing(chart, width: width)
            let box = try #require(drawing.elements.first?.attributes["viewBox"]).split(separator: " ").compactMap {
                Double($0)
            }
            #expect(box.count == 4 && box[2] == width)
            #expect(drawing.elements[1].name == "title" && drawing.texts[1].hasPrefix(chart.title))
            #expect(drawing.elements[2].name == "desc" && drawing.texts[2].hasPrefix(chart.text))
            for (name, attributes) in drawing.elements {
                let across = ["x", "x1", "x2", "cx"].compactMap { attributes[$0].flatMap { Double($0) } }
                let down = ["y", "y1", "y2", "cy"].compactMap { attributes[$0].flatMap { Double($0) } }
                #expect(across.allSatisfy { (0...width).contains($0) }, "\(chart.identifier): \(name) \(attributes)")
                #expect(down.allSatisfy { (0...box[3]).contains($0) }, "\(chart.identifier): \(name) \(attributes)")
            }
        }
    }

    @Test(
        "axes have titles with units",
        arguments: [
            ("growth", ["Users (users)", "Year (years from now)"]), ("cost", ["Cost (M$ a month)", "Year"]),
            ("presence", ["Load (messages/s), logarithmic"]),
            ("latency", ["Latency (ms), logarithmic", "Percentile (%)"]),
            ("tornado", ["Chat servers (servers)"]),
        ])
    func axes(identifier: String, titles: [String]) throws {
        let drawing = try Drawing(chart(identifier), width: 720)
        let found = zip(drawing.elements, drawing.texts).filter { $0.0.attributes["class"] == "axis" }
            .map { $0.1.trimmingCharacters(in: .newlines) }
        #expect(found == titles)
    }

    @Test("lines go through their points, and a limit lies where its value is")
    func lines() throws {
        let drawing = try Drawing(chart("growth"), width: 720)
        let heights = drawing.numbers("cy", of: "mark s0")
        // The first is the mark of the legend.
        #expect(heights.count == 7)
        let (first, last) = (heights[1], heights[6])
        let base = try #require(drawing.numbers("y1", of: "base").first)
        #expect(abs((base - last) / (base - first) - 32) < 1)
        let limit = try #require(drawing.numbers("y1", of: "limit").first)
        #expect(abs((base - limit) / (base - last) - 1.5 / 1.6) < 0.01)
    }

    @Test("layers of a bar stand on one another and are as high as their values")
    func layers() throws {
        let drawing = try Drawing(chart("cost"), width: 720)
        func bars(_ series: Int) -> [(top: Double, height: Double)] {
            // The first is that of the legend.
            zip(drawing.numbers("y", of: "bar s\(series)"), drawing.numbers("height", of: "bar s\(series)")).dropFirst()
                .map { ($0, $1) }
        }
        let (servers, storage, network) = (bars(0), bars(1), bars(2))
        #expect(servers.count == 6 && storage.count == 6 && network.count == 6)
        for index in 0..<6 {
            #expect(abs(storage[index].top + storage[index].height - servers[index].top) < 0.2)
            #expect(abs(network[index].top + network[index].height - storage[index].top) < 0.2)
        }
        #expect(abs(storage[5].height / servers[5].height - 2) < 0.01)
        #expect(drawing.texts.contains { $0.hasPrefix("9.9") })
    }

    @Test("bars on a logarithmic axis are compared by factors; one of nothing has no length", arguments: widths)
    func logarithmicBars(width: Double) throws {
        let drawing = try Drawing(chart("presence"), width: width)
        let lengths = drawing.numbers("width", of: "bar s0")
        #expect(lengths.count == 3)
        // Over an axis from 1e5 to 1e9: 299 M, 150 M, 1.7 M.
        #expect(abs(lengths[0] / lengths[2] - 3.4757 / 1.2304) < 0.02)
        #expect(lengths[0] > lengths[1] && lengths[1] > lengths[2])
    }

    @Test("each further nine of a percentile has the same room")
    func percentiles() throws {
        let places = try Drawing(chart("latency"), width: 720).numbers("cx", of: "mark s0")
        #expect(places.count == 4)
        #expect(abs((places[2] - places[1]) - (places[3] - places[2])) < 0.2)
    }

    @Test("bars of a tornado begin at what is planned; two on one side lie beneath each other")
    func tornado() throws {
        let drawing = try Drawing(chart("tornado"), width: 720)
        let middle = try #require(drawing.numbers("x1", of: "limit").first)
        let low = zip(drawing.numbers("x", of: "bar s0"), drawing.numbers("width", of: "bar s0")).dropFirst()
        let high = zip(drawing.numbers("x", of: "bar s1"), drawing.numbers("width", of: "bar s1")).dropFirst()
        #expect(low.map(\.0) == [middle, middle])
        let ends = high.map { $0.0 + $0.1 }
        #expect(abs(ends[0] - middle) < 0.2 && high.map(\.0)[1] == middle)
        let heights = drawing.numbers("height", of: "bar s1").dropFirst()
        #expect(heights.map { $0 } == [heights[1], heights[1] / 2])
    }

    @Test("the numbers of a chart stand in its table with their units")
    func table() throws {
        let table = try chart("growth").table
        #expect(table.columns.map(\.heading) == ["Year (years from now)", "a design (users)", "online (users)"])
        #expect(table.rows.count == 7)
        #expect(table.rows[6].cells[0] == .text("capacity"))
        #expect(table.rows[6].cells[1] == .number(ReportNumber(1.5e9, "users")))
        #expect(try chart("latency").table.rows.map { $0.cells[2] } == [.empty, .empty, .number(500.0), .empty])
    }
}
