import Chat
import Testing

@testable import Invariants

@Suite("Judging while it runs")
struct StreamingJudgeTests {
    /// Two users with a device each, of whom `a` sends three messages to `b`, and everything is as it should be.
    private var good: History {
        var run = History()
        run.connectedAtStart = [RunRecord.ConnectedAtStart(users: 0..<2, deviceCount: 1)]
        for (index, time) in [10, 20, 30].enumerated() as EnumeratedSequence<[UInt64]> {
            let (message, number) = ("a0.\(index)", UInt32(index + 1))
            run.sent(message, to: "b0", at: time)
            for user in ["a0", "b0"] {
                run.mailbox(.assigned, user, message, number: number, at: time + 1)
                run.shown(message, on: user, to: "b0", at: time + 2, number: number)
                run.mailbox(.stored, user, message, number: number, at: time + 3)
            }
            run.acked(message, at: time + 4)
        }
        run.took("b0", by: 0, term: 5, at: 1)
        run.took("b0", by: 1, term: 6, at: 4)
        run.wrote("a0.0", "b0", by: 1, term: 6, at: 15)
        return run
    }

    private func judge(_ run: History, _ invariant: Invariant) throws -> InvariantResult {
        var judge = StreamingJudge(
            connectedAtStart: run.connectedAtStart, settleNanoseconds: run.settle * 1_000_000_000,
            isSequenced: run.sequenced, names: History.Names())
        for observation in run.observations.sorted(by: { $0.timeNanoseconds < $1.timeNanoseconds }) {
            _ = judge.observe(observation)
        }
        let results = judge.results(endNanoseconds: run.end * 1_000_000_000)
        return try #require(results.first { $0.invariant == invariant })
    }

    @Test("a run in order holds what can be judged so", arguments: StreamingJudge.judged)
    func held(invariant: Invariant) throws {
        var run = good
        run.held(connections: 4, limit: 4, by: 0, at: 2)
        let result = try judge(run, invariant)
        #expect(result.verdict == .held && result.checkedCount > 0)
    }

    /// What goes wrong, and which invariant that violates.
    private static let violations: [(invariant: Invariant, spoil: @Sendable (inout History) -> Void)] = [
        (
            .noLoss,
            {
                $0.sent("a0.3", to: "b0", at: 40)
                $0.acked("a0.3", at: 41)
            }
        ),
        (.noDuplicates, { $0.shown("a0.1", on: "b0", to: "b0", at: 50, number: 4) }),
        (
            .noDuplicates,
            {
                $0.sent("a0.3", to: "b0", at: 40)
                for time: UInt64 in [41, 42] {
                    $0.shown("a0.3", on: "b0", to: "b0", at: time, number: UInt32(time) - 37)
                }
            }
        ),
        (
            .sequenceGapFree,
            {
                $0.sent("a0.3", to: "b0", at: 40)
                $0.shown("a0.3", on: "b0", to: "b0", at: 41, number: 5)
            }
        ),
        (.sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.9", number: 3, at: 40) }),
        (.sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.9", number: 5, at: 40) }),
        (
            .sequenceGapFree,
            {
                $0.sent("a0.3", to: "b0", at: 40)
                $0.mailbox(.assigned, "b0", "a0.3", number: 2, at: 41)
            }
        ),
        (
            .sequenceGapFree,
            {
                $0.sent("a0.3", to: "b0", at: 40)
                $0.mailbox(.assigned, "b0", "a0.3", number: 4, at: 41)
                $0.mailbox(.assigned, "b0", "a0.3", number: 5, at: 42)
            }
        ),
        (.sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.1", number: 4, at: 40) }),
        (
            .durableAfterAck,
            {
                $0.sent("a0.3", to: "b0", at: 40)
                $0.mailbox(.stored, "a0", "a0.3", number: 4, at: 41)
                $0.acked("a0.3", at: 42)
            }
        ),
        (.conservation, { $0.sent("a0.3", to: "b0", at: 40) }),
        (.oneOwner, { $0.wrote("a0.2", "b0", by: 0, term: 5, at: 40) }),
        (.capacityRespected, { $0.held(connections: 5, limit: 4, by: 0, at: 40) }),
    ]

    @Test("what goes wrong is found, as it is by the judges of a whole run", arguments: violations.indices)
    func violated(index: Int) throws {
        let (invariant, spoil) = Self.violations[index]
        var run = good
        spoil(&run)
        #expect(try judge(run, invariant).verdict == .violated)
        #expect(run.judge(invariant).verdict == .violated)
    }

    @Test("numbers may be told again, those of messages that are forgotten and of others")
    func toldAgain() throws {
        var run = good
        run.sent("a0.3", to: "b0", at: 40)
        for user in ["a0", "b0"] {
            run.mailbox(.assigned, user, "a0.3", number: 4, at: 41)
            run.mailbox(.assigned, user, "a0.1", number: 2, at: 42)
            run.mailbox(.assigned, user, "a0.2", number: 3, at: 43)
            run.mailbox(.assigned, user, "a0.3", number: 4, at: 44)
        }
        #expect(try judge(run, .sequenceGapFree).verdict == .held)
        #expect(run.judge(.sequenceGapFree).verdict == .held)
    }

    @Test("what nobody sent counts as shown twice, since all that was sent may be forgotten")
    func fromNowhere() throws {
        var run = good
        run.shown("a0.9", on: "b0", to: "b0", at: 50, number: 4)
        #expect(try judge(run, .noDuplicates).verdict == .violated)
    }

    @Test("a device that has gone need not show what comes")
    func disconnected() throws {
        var run = good
        run.disconnected("b0", at: 39)
        run.sent("a0.3", to: "b0", at: 40)
        run.acked("a0.3", at: 41)
        #expect(try judge(run, .noLoss).verdict == .held)
        run.connected("b0", at: 60)
        #expect(try judge(run, .noLoss).verdict == .violated)
    }

    @Test(
        "a violation tells for how long the device was there, and whether its rows are kept: it may show them later than anything is given"
    )
    func sentence() throws {
        var run = good
        run.sent("a0.3", to: "b0", at: 40)
        run.acked("a0.3", at: 41)
        let before = "a0.3 was acknowledged at 41.000 s, but b0, connected "
        #expect(try judge(run, .noLoss).violations.first?.sentence == before + "from the start, never showed it")
        run.mailbox(.stored, "b0", "a0.3", number: 4, at: 42)
        run.disconnected("b0", at: 50)
        run.connected("b0", at: 60)
        let kept = ", never showed it; a log or the storage has it for that user"
        #expect(try judge(run, .noLoss).violations.first?.sentence == before + "since 60.000 s" + kept)
        run.disconnected("a0", at: 70)
        run.connected("a0", at: 80)
        #expect(try judge(run, .noLoss).violations.first?.sentence == before + "for 10.000 s or longer" + kept)
    }

    @Test("a device whose user is offline at the start need not show what comes before it connects")
    func offlineAtStart() throws {
        var run = good
        run.connectedAtStart = [
            RunRecord.ConnectedAtStart(users: 0..<2, deviceCount: 1) { $0 == UserID(0) }
        ]
        run.sent("a0.3", to: "b0", at: 40)
        run.acked("a0.3", at: 41)
        #expect(try judge(run, .noLoss).verdict == .held)
        run.connected("b0", at: 50)
        #expect(try judge(run, .noLoss).verdict == .violated)
        run.disconnected("b0", at: 51)
        #expect(try judge(run, .noLoss).verdict == .held)
    }

    @Test("messages of which everything is known are forgotten")
    func forgets() {
        var judge = StreamingJudge(
            connectedAtStart: good.connectedAtStart, settleNanoseconds: 0, isSequenced: true, names: History.Names())
        let latencies = good.observations.sorted { $0.timeNanoseconds < $1.timeNanoseconds }.compactMap {
            judge.observe($0)
        }
        #expect(judge.underwayCount == 0 && judge.counts.delivered == 3)
        #expect(latencies == Array(repeating: 2_000_000_000, count: 3))
    }
}
