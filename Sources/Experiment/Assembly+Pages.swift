internal import Chat
internal import Scenario

extension Assembly {
    /// What pages of the past are counted from; nothing if nobody reads any.
    static func pages(_ scenario: Scenario) -> PageAnchor? {
        let reads = scenario.script.contains { if case .read = $0.action { true } else { false } }
        guard reads else { return nil }
        return scenario.system.pages.anchor == .byOffset ? .byOffset : .byCursor
    }

    /// What a user wants to read.
    static func wish(_ reading: ReadingModel) -> PageWish {
        PageWish(
            counterpart: reading.counterpart.map { UserID(UInt32($0)) }, size: UInt32(reading.pageSize),
            pagesMax: UInt32(reading.pagesMax), sinceNanoseconds: reading.sinceNanoseconds,
            pauseNanoseconds: reading.pauseNanoseconds)
    }
}
