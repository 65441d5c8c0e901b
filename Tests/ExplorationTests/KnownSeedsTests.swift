import Testing

@testable import Exploration

@Suite("Known seeds")
struct KnownSeedsTests {
    private let known = KnownSeeds(
        [3, 7, 8, 9, 20, 4].map { seed in
            SeedRecord(
                outcome: SeedOutcome(seed: seed, digest: "\(seed)", events: 0, failures: [], situations: []),
                reached: [])
        })

    @Test("they are kept as ranges, and each is found")
    func ranges() throws {
        #expect(known.ranges == [3..<5, 7..<10, 20..<21])
        #expect((0..<30).filter { known.contains($0) } == [3, 4, 7, 8, 9, 20])
        #expect(try known.record(of: 8).outcome.digest == "8")
        #expect(!KnownSeeds.none.contains(0))
    }

    @Test("the first one among some seeds")
    func first() {
        #expect(known.first(in: 0..<30) == 3 && known.first(in: 4..<30) == 4 && known.first(in: 5..<30) == 7)
        #expect(known.first(in: 10..<20) == nil && known.first(in: 21..<30) == nil && known.first(in: 20..<21) == 20)
    }
}
