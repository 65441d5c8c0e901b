import Statistics
import Testing

@Suite("Warm-up")
struct WarmUpTests {
    /// Deviations that repeat and sum to zero.
    private func noise(_ index: Int) -> Double { [0.5, -0.5, 1, -1, 0.25, -0.25][index % 6] }

    @Test("a start that is far off is left out, and little else", arguments: [10, 50, 200])
    func step(length: Int) {
        let values = (0..<1200).map { ($0 < length ? 30 : 10) + noise($0) }
        let point = WarmUp.truncationPoint(ofBatchMeans: values)
        #expect((length...length + 6).contains(point))
        #expect(abs(WarmUp.steadyMean(ofBatchMeans: values) - 10) < 0.01)
    }

    @Test("a start that fades is left out while it matters")
    func decay() {
        var rest = 64.0
        let values = (0..<2000).map { index in
            rest *= 0.9
            return 5 + rest + noise(index)
        }
        #expect((20...120).contains(WarmUp.truncationPoint(ofBatchMeans: values)))
        #expect(abs(WarmUp.steadyMean(ofBatchMeans: values) - 5) < 0.05)
    }

    @Test("values that are steady from the start are kept, even far from zero")
    func steady() {
        let values = (0..<600).map { 1e9 + noise($0) }
        #expect(WarmUp.truncationPoint(ofBatchMeans: values) <= 6)
        #expect(abs(WarmUp.steadyMean(ofBatchMeans: values) - 1e9) < 0.1)
    }

    @Test("never more than half is left out, and short lists are kept whole")
    func limits() {
        #expect(WarmUp.truncationPoint(ofBatchMeans: (0..<100).map { Double(100 - $0) }) <= 50)
        #expect(WarmUp.truncationPoint(ofBatchMeans: [3, 1]) == 0)
        #expect(WarmUp.steadyMean(ofBatchMeans: [7]) == 7)
        #expect(WarmUp.truncationPoint(ofBatchMeans: [2, 2, 2, 2]) == 0)
    }
}
