import Chat
import Testing

@Suite("Metrics")
struct MetricsTests {
    private let flushes = MetricDefinition("storage.flushes", unit: "flushes", "How often a memstore was flushed.")
    private let depth = MetricDefinition(
        "storage.queue", unit: "requests", combination: .greatest, "The longest queue.")

    @Test("the least figure of several components may count as well")
    func least() {
        let spare = MetricDefinition("storage.spare", unit: "bytes", combination: .least, "The least that is free.")
        var metrics = Metrics()
        for value in [5, 3, 8] as [UInt64] { metrics.record(spare, value) }
        #expect(metrics["storage.spare"] == 3)
    }

    @Test("figures of the same name are added, or the greatest is taken")
    func combined() {
        var metrics = Metrics()
        metrics.record(flushes, 2)
        metrics.record(depth, 7)
        metrics.record(flushes, 3)
        metrics.record(depth, 4)
        #expect(metrics.entries.map(\.definition) == [flushes, depth])
        #expect(metrics["storage.flushes"] == 5)
        #expect(metrics["storage.queue"] == 7)
        #expect(metrics["storage.flush"] == nil)
    }

    @Test("merging is the same as recording all in one")
    func merged() {
        var first = Metrics()
        first.record(flushes, 2)
        var second = Metrics()
        second.record(depth, 9)
        second.record(flushes, 1)
        first.merge(second)
        #expect(first.entries.map(\.value) == [3, 9])
    }

    @Test("a mean is over all that components report, rounded down, and zero over nothing")
    func mean() {
        let wait = MetricDefinition("media.wait", unit: "ns", combination: .mean, "How long it takes.")
        var first = Metrics()
        first.record(wait, 0, of: 0)
        #expect(first["media.wait"] == 0)
        first.record(wait, 10, of: 1)
        var second = Metrics()
        second.record(wait, 55, of: 3)
        first.merge(second)
        #expect(first["media.wait"] == 16)
    }
}
