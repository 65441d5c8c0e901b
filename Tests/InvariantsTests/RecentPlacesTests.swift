import Testing

@testable import Invariants

@Suite("Places to which something happened lately")
struct RecentPlacesTests {
    private var recent = RecentPlaces()

    private var entries: [[UInt64]] {
        var entries: [[UInt64]] = []
        recent.forEach { entries.append([UInt64($0), $1]) }
        return entries
    }

    @Test("they are remembered with their times, over days, until they are forgotten")
    mutating func remembers() {
        let day: UInt64 = 86_400_000_000_000
        for (place, time) in [(7, 0), (1, 5), (7, day), (.max, 3 * day), (2, 3 * day + 1)] as [(UInt32, UInt64)] {
            recent.append(place, atNanoseconds: time)
        }
        #expect(entries == [[7, 0], [1, 5], [7, day], [UInt64(UInt32.max), 3 * day], [2, 3 * day + 1]])
        recent.forget(before: 5)
        #expect(entries.first == [1, 5] && entries.count == 4)
        recent.forget(before: 3 * day + 1)
        #expect(entries == [[2, 3 * day + 1]])
        recent.forget(before: 3 * day + 2)
        #expect(entries.isEmpty && recent.count == 0)
    }

    @Test("of a storm only what is remembered is kept, but for the rest of a chunk")
    mutating func storm() {
        for step: UInt64 in 0..<100_000 {
            recent.append(UInt32(step % 1000), atNanoseconds: step * 1000)
            recent.forget(before: step < 20_000 ? 0 : (step - 20_000) * 1000)
        }
        #expect(entries.count == 20_001 && entries.first == [999, 79_999_000])
        #expect(recent.count < 20_001 + 4096)
    }
}
