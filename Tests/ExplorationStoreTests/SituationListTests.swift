import Testing

@testable import ExplorationStore

@Suite("Lists of situations")
struct SituationListTests {
    @Test(
        "numbers come back as they were",
        arguments: [[], [0], [0, 0x7F, 0x80, 0xFF, 0x100], [256, 512, 513, 1 << 18], [.max - 1, .max]] as [[UInt64]])
    func roundTrip(situations: [UInt64]) {
        #expect(SituationList.situations(of: SituationList.bytes(of: situations)) == situations)
    }

    @Test("neighbours take two bytes each")
    func size() {
        let situations = (1...100).map { UInt64($0) << 8 | 5 }
        #expect(SituationList.bytes(of: situations).count == 200)
        #expect(Array(SituationList.bytes(of: [300])) == [0xAC, 0x02], "the example of the DWARF standard's kind")
    }
}
