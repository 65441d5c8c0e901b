import Testing

@testable import Reporting

@Suite("Scales of charts")
struct ChartScaleTests {
    @Test(
        "a linear axis holds zero and all values in round steps",
        arguments: [
            ([3.5, 9.9], [0, 2, 4, 6, 8, 10]), ([480_000_000], [0, 1e8, 2e8, 3e8, 4e8, 5e8]),
            ([-3, 4], [-4, -2, 0, 2, 4]),
            ([10], [0, 2, 4, 6, 8, 10]), ([0.07], [0, 0.02, 0.04, 0.06, 0.08]), ([], [0, 0.2, 0.4, 0.6, 0.8, 1]),
            ([.nan, 1], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ] as [([Double], [Double])])
    func linear(values: [Double], ticks: [Double]) {
        let scale = ChartScale(.linear, values: values, from: 0, to: 100, tickCount: 5)
        #expect(scale.ticks.count == ticks.count)
        for (found, expected) in zip(scale.ticks, ticks) { #expect(abs(found - expected) <= abs(expected) * 1e-12) }
        #expect(scale.domain.lowerBound == scale.ticks.first && scale.domain.upperBound == scale.ticks.last)
    }

    @Test(
        "a logarithmic axis goes in whole powers of ten, and the least value keeps a length",
        arguments: [
            ([231_481, 2.99e8], [1e5, 1e6, 1e7, 1e8, 1e9]), ([60, 420], [10, 20, 50, 100, 200, 500, 1000]),
            ([100], [10, 20, 50, 100]),
            ([0, -5], [1, 10]), ([1, 1e9], [0.1, 10, 1000, 1e5, 1e7, 1e9]),
        ] as [([Double], [Double])])
    func logarithmic(values: [Double], ticks: [Double]) {
        let scale = ChartScale(.logarithmic, values: values, from: 0, to: 100, tickCount: 5)
        #expect(scale.ticks == ticks)
        for value in values where value > 0 { #expect(scale.position(value) > 0) }
    }

    @Test("equal factors have equal lengths on a logarithmic axis")
    func factors() {
        let scale = ChartScale(.logarithmic, values: [2, 900], from: 0, to: 300, tickCount: 5)
        #expect(abs(scale.position(10) - 100) < 1e-9 && abs(scale.position(100) - 200) < 1e-9)
        #expect(scale.position(0) == 0)
    }

    @Test("years are marked by whole numbers and fill the axis")
    func years() {
        let scale = ChartScale(wholeNumbers: [0, 1, 5], from: 10, to: 110, tickCount: 9)
        #expect(scale.ticks == [0, 1, 2, 3, 4, 5])
        #expect(scale.position(0) == 10 && scale.position(5) == 110)
    }
}
