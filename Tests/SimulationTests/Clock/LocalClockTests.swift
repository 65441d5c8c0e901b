import Simulation
import Testing

@Suite("Local clock")
struct LocalClockTests {
    @Test("an exact clock shows the time")
    func exact() {
        #expect(LocalClock.exact.reading(atNanoseconds: 123) == 123)
        #expect(LocalClock.exact.virtualNanoseconds(ofLocal: 123) == 123)
    }

    @Test("a clock is off by its offset and its drift")
    func offsetAndDrift() {
        let fast = LocalClock(offsetNanoseconds: 500, driftPartsPerBillion: 50_000)
        #expect(fast.reading(atNanoseconds: 1_000_000_000) == 1_000_050_500)
        let behind = LocalClock(offsetNanoseconds: -500, driftPartsPerBillion: 0)
        #expect(behind.reading(atNanoseconds: 100) == 0)
        #expect(behind.reading(atNanoseconds: 600) == 100)
    }

    @Test("a clock never runs backwards, and an interval on it lasts as long as it shows")
    func properties() {
        for seed: UInt64 in 1...100 {
            var stream = RandomStream(seed: seed, component: 0, purpose: 0)
            let clock = LocalClock(
                offsetNanoseconds: Int64(stream.below(2_000_000_000)) - 1_000_000_000,
                driftPartsPerBillion: Int64(stream.below(200_000_000)) - 100_000_000)
            var now: UInt64 = 2_000_000_000
            for _ in 0..<50 {
                let interval = stream.below(1_000_000_000_000)
                let later = now + clock.virtualNanoseconds(ofLocal: interval)
                let shown = clock.reading(atNanoseconds: later) - clock.reading(atNanoseconds: now)
                #expect(shown >= interval && shown <= interval + 2 || shown + 1 == interval, "seed \(seed)")
                now = later
            }
        }
    }

    @Test("a clock can be set forward and back")
    func set() {
        let clock = LocalClock(offsetNanoseconds: 100, driftPartsPerBillion: 0)
        #expect(clock.set(forwardNanoseconds: 50).reading(atNanoseconds: 1000) == 1150)
        #expect(clock.set(forwardNanoseconds: -300).reading(atNanoseconds: 1000) == 800)
        #expect(clock.set(forwardNanoseconds: -3000).reading(atNanoseconds: 1000) == 0)
    }
}
