import Testing

@testable import Chat

@Suite("Client: figures of a storm of reconnects")
struct RecoveryTallyTests {
    private func tally(_ events: [(milliseconds: UInt64, what: (inout RecoveryTally) -> Void)]) -> RecoveryTally {
        var tally = RecoveryTally()
        for (time, what) in events {
            what(&tally)
            #expect(tally.hasNews)
            tally.note(atNanoseconds: time * 1_000_000)
            #expect(!tally.hasNews)
        }
        return tally
    }

    private func figures(_ tally: RecoveryTally) -> [UInt64?] {
        var metrics = Metrics()
        tally.report(into: &metrics)
        return ["lost", "back", "away", "away_peak", "back_peak_per_second", "duration"].map {
            metrics["recovery.\($0)"]
        }
    }

    @Test(
        "how many were lost and came back, how many were away at once, how many came in a second, and how long it took")
    func figures() {
        let first = tally([
            (500, { $0.lost() }), (600, { $0.lost() }), (1200, { $0.lost() }), (2100, { $0.cameBack() }),
            (2900, { $0.cameBack() }), (4500, { $0.cameBack() }),
        ])
        #expect(figures(first) == [3, 3, 0, 3, 2, 4000])
        #expect(figures(RecoveryTally()) == [0, 0, 0, 0, 0, 0])
    }

    @Test("those of several parts of a world are those of the whole, second by second")
    func merges() {
        var all = tally([(500, { $0.lost() }), (3100, { $0.cameBack() })])
        all.merge(
            tally([(300, { $0.lost() }), (1500, { $0.lost() }), (2900, { $0.gaveUp() }), (3200, { $0.cameBack() })]))
        // Three were away after the second second; one user wants no connection any more; two came back within the fourth.
        #expect(figures(all) == [3, 2, 0, 3, 2, 2900])
    }
}
