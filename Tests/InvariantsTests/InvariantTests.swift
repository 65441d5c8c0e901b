import Chat
import Testing

@testable import Invariants

@Suite("Invariants")
struct InvariantTests {
    /// A run in which everything is exercised and in order: `a` has two devices, `b1` is offline for a while.
    private var good: History {
        var run = History()
        for device in ["a0", "a1", "b0", "b1"] { run.connected(device, at: 1) }
        run.took("b0", by: 0, token: 5, at: 2)
        run.wrote("a0.0", "b0", by: 0, token: 5, at: 3)
        run.took("b0", by: 1, token: 6, at: 4)
        run.wrote("a0.1", "b0", by: 1, token: 6, at: 5)
        run.held(connections: 4, limit: 4, by: 0, at: 2)
        run.disconnected("b1", at: 5)
        for (index, time) in [10, 20, 30].enumerated() as EnumeratedSequence<[UInt64]> {
            let message = "a0.\(index)"
            run.sent(message, to: "b0", at: time)
            for user in ["a0", "b0"] {
                run.mailbox(.assigned, user, message, number: UInt32(index + 1), at: time + 1)
                run.mailbox(.stored, user, message, number: UInt32(index + 1), at: time + 1)
            }
            run.acked(message, at: time + 2)
            for device in ["a0", "a1", "b0"] {
                run.shown(message, on: device, to: "b0", at: time + 3, number: UInt32(index + 1))
            }
        }
        run.mailbox(.failedLogged, "b0", "a0.1", number: 2, at: 20)
        for time: UInt64 in [32, 34] { run.moved(shard: 1, at: time) }
        for server: UInt32 in [0, 1] { run.copy(ofShard: 1, at: server, rows: 3, hash: 77) }
        for index in 0..<3 { run.readable("b0", "a0.\(index)", number: UInt32(index + 1)) }
        for user in ["b", "c"] { run.shows(user, online: false, on: "a0", from: .assumed, at: 30) }
        run.shows("b", online: true, on: "a0", from: .start, at: 31)
        run.came("c", at: 32)
        run.went("c", at: 34)
        run.connected("b1", at: 40)
        for index in 0..<3 {
            run.shown("a0.\(index)", on: "b1", to: "b0", at: 42, number: UInt32(index + 1))
        }
        run.read(["a0.2", "a0.1", "a0.0"], on: "b0", head: 3, at: 44)
        return run
    }

    @Test("a run in order holds every invariant, and exercises each", arguments: Invariant.allCases)
    func held(invariant: Invariant) {
        let result = good.judge(invariant)
        #expect(result.verdict == .held && result.checkedCount > 0 && result.violations.isEmpty)
    }

    @Test("a run in which nothing happens exercises none", arguments: Invariant.allCases)
    func notExercised(invariant: Invariant) {
        var run = History()
        run.connected("a0", at: 1)
        #expect(run.judge(invariant).verdict == .notExercised)
    }

    /// For each invariant something that violates it, and the sentence that says so.
    static let violations: [(Invariant, @Sendable (inout History) -> Void, String)] = [
        (
            .noLoss,
            { run in
                run.sent("a0.3", to: "b0", at: 50)
                run.acked("a0.3", at: 51)
                run.shown("a0.3", on: "b0", to: "b0", at: 52)
            }, "a0.3 was acknowledged to a0 at 51.000 s, but b1, connected since 40.000 s, never showed it"
        ),
        (
            .noDuplicates, { $0.shown("a0.0", on: "b0", to: "b0", at: 60) },
            "b0 shows a0.0 twice: at 13.000 s and at 60.000 s"
        ),
        (
            .sameOrderOnAllDevices,
            { run in
                for (device, order) in [("a0", ["b0.0", "b0.1"]), ("a1", ["b0.1", "b0.0"])] {
                    for (index, message) in order.enumerated() {
                        run.shown(message, on: device, to: "a0", at: 60 + UInt64(index))
                    }
                }
            },
            "a1 shows b0.1 (60.000 s) before b0.0 (61.000 s), but a0 shows b0.0 (60.000 s) before b0.1 (61.000 s)"
        ),
        (
            .sameOrderForBothUsers,
            { run in
                run.sent("a0.3", to: "b0", at: 50)
                run.sent("b0.0", to: "a0", at: 50)
                for (device, order) in [("a0", ["a0.3", "b0.0"]), ("b0", ["b0.0", "a0.3"])] {
                    for (index, message) in order.enumerated() {
                        run.shown(message, on: device, to: "b0", at: 60 + UInt64(index))
                    }
                }
            },
            "b0 shows b0.0 (60.000 s) before a0.3 (61.000 s), but a0 shows a0.3 (60.000 s) before b0.0 (61.000 s)"
        ),
        (
            .sequenceGapFree, { $0.shown("a0.9", on: "b0", to: "b0", at: 60, number: 5) },
            "b0 shows a0.9 with the number 5 at 60.000 s, after the number 3"
        ),
        (
            .sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.9", number: 2, at: 60) },
            "the number 2 in the order of b is given to a0.9 at 60.000 s, but a0.1 has it"
        ),
        (
            .sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.1", number: 4, at: 60) },
            "a0.1 gets the number 4 in the order of b at 60.000 s, but it has the number 2"
        ),
        (
            .sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.9", number: 5, at: 60) },
            "no message has the number 4 in the order of b, which goes up to 5"
        ),
        (
            .senderFIFO,
            { run in
                run.sent("b0.0", to: "a0", at: 50)
                run.sent("b0.1", to: "a0", at: 51)
                run.shown("b0.1", on: "a1", to: "a0", at: 60)
                run.shown("b0.0", on: "a1", to: "a0", at: 61)
            }, "a1 shows b0.1 (60.000 s) before b0.0 (61.000 s), but b0 sent b0.0 first"
        ),
        (
            .offlineComplete,
            { run in
                run.disconnected("b0", at: 50)
                run.sent("a0.3", to: "b0", at: 51)
                run.acked("a0.3", at: 52)
                run.shown("a0.3", on: "b1", to: "b0", at: 53)
                run.connected("b0", at: 60)
            }, "a0.3 was acknowledged to a0 at 52.000 s, but b0, connected since 60.000 s, never showed it"
        ),
        (
            .durableAfterAck,
            { run in
                run.sent("a0.3", to: "b0", at: 50)
                run.mailbox(.stored, "a0", "a0.3", number: 4, at: 51)
                run.acked("a0.3", at: 52)
            }, "a0.3 was acknowledged to a0 at 52.000 s, but no log and no storage has it for b"
        ),
        (
            .conservation, { $0.sent("a0.3", to: "b0", at: 50) },
            "a0.3, sent by a0 at 50.000 s, has vanished: it was neither delivered nor reported as failed, and no "
                + "component has it any more"
        ),
        (
            .failedLogDrains, { $0.mailbox(.failedLogged, "b0", "a0.4", number: 4, at: 50) },
            "a0.4, number 4 of b, was logged as failed at 50.000 s, but the storage never got it"
        ),
        (
            .failedLogDrains,
            { run in
                run.mailbox(.failedLogged, "b0", "a0.4", number: 4, at: 50)
                run.mailbox(.stored, "b0", "a0.5", number: 4, at: 51)
            }, "a0.4, number 4 of b, was logged as failed at 50.000 s, but the storage has a0.5 at its place"
        ),
        (
            .failedLogDrains, { $0.mailbox(.stored, "b0", "a0.5", number: 2, at: 51) },
            "a0.1, number 2 of b, was logged as failed at 20.000 s, but the storage has a0.5 at its place"
        ),
        (
            .failedLogDrains, { $0.mailbox(.stored, "b0", "a0.1", number: 9, at: 52) },
            "a0.1, number 2 of b, was logged as failed at 20.000 s, and the storage has it again as number 9"
        ),
        (
            .failedLogDrains,
            { run in
                run.mailbox(.failedLogged, "b0", "a0.4", number: 4, at: 50)
                run.mailbox(.stored, "b0", "a0.5", number: 5, at: 53)
                run.mailbox(.stored, "b0", "a0.4", number: 4, at: 54)
            },
            "a0.4, number 4 of b, was logged as failed at 50.000 s and stored at 54.000 s, after what comes next in the "
                + "mailbox (53.000 s)"
        ),
        (
            .conservation, { $0.shown("a0.7", on: "b0", to: "b0", at: 50) },
            "a0.7 comes from nowhere: a0 never sent it"
        ),
        (
            .oneOwner, { $0.wrote("a0.2", "b0", by: 0, token: 5, at: 50) },
            "a write of chat server 1, a0.2 in the order of b, is accepted at 50.000 s, but chat server 2 owns b since 4.000 s"
        ),
        (
            .capacityRespected, { $0.held(connections: 5, limit: 4, by: 1, at: 50) },
            "chat server 2 holds 5 connections once a0 is connected at 50.000 s; it may hold 4"
        ),
        (
            .shardMoveLossless,
            { run in
                run.mailbox(.stored, "b0", "a0.7", number: 4, at: 50)
                run.moved(shard: 1, at: 51)
            }, "a0.7, stored at 50.000 s as #4 of b, is not there any more after shard 1 moved at 51.000 s"
        ),
        (
            .shardMoveLossless, { $0.readable("b0", "a0.1", number: 2) },
            "a0.1, stored at 21.000 s as #2 of b, is there 2 times after shard 1 moved at 34.000 s"
        ),
        (
            .replicasAgree, { $0.copy(ofShard: 1, at: 2, rows: 2, hash: 78) },
            "the copies of shard 1 differ: storage.1 has 3 rows, storage.3 has 2, and they are not the same"
        ),
        (
            .presenceSettles, { $0.shows("b", online: false, on: "a0", from: .viewport, at: 70) },
            "a0 shows b as offline at 70.000 s, who has been online since 1.000 s"
        ),
        (
            .presenceNoFlap, { $0.shows("c", online: true, on: "a0", from: .broadcast, at: 43) },
            "a broadcast makes a0 show c as online at 43.000 s, who was online only from 32.000 s to 34.000 s"
        ),
        (
            .pagesComplete, { $0.read(["a0.2", "a0.2", "a0.1", "a0.0"], on: "b0", head: 3, at: 50) },
            "b0 fetches a0.2 again at 50.000 s as row 2 of its pages, where a0.1 should be"
        ),
        (
            .pagesComplete, { $0.read(["a0.2", "a0.0"], on: "b0", head: 3, at: 50) },
            "b0 fetches a0.0 at 50.000 s as row 2 of its pages, where a0.1 should be"
        ),
        (
            .pagesComplete, { $0.read(["a0.2", "a0.1"], on: "b0", head: 3, at: 50) },
            "b0 has read its pages at 51.000 s without a0.0"
        ),
        (
            .noReorderAfterDisplay, { $0.shown("b0.0", on: "b0", to: "a0", at: 60, number: 2) },
            "b0 shows b0.0 at 60.000 s, which sorts above a0.2, shown at 33.000 s: number 2 comes before number 3"
        ),
    ]

    @Test("a violation is found and told in one sentence", arguments: violations.indices)
    func violated(index: Int) {
        let (invariant, spoil, sentence) = Self.violations[index]
        var run = good
        spoil(&run)
        let result = run.judge(invariant)
        #expect(result.verdict == .violated)
        #expect(result.violations.first?.sentence == sentence)
    }

    @Test("each invariant has something that violates it")
    func everyInvariant() {
        #expect(Set(Self.violations.map(\.0)) == Set(Invariant.allCases))
    }

    @Test(
        "an obligation is judged if it had the settling time, to the nanosecond", arguments: [(90, true), (91, false)])
    func settling(acknowledged: UInt64, isJudged: Bool) {
        var run = good
        run.sent("a0.3", to: "b0", at: 50)
        run.acked("a0.3", at: acknowledged)
        #expect((run.judge(.noLoss).verdict == .violated) == isJudged)
    }

    @Test("a device that is away in the end, or has just come, owes nothing", arguments: [false, true])
    func absentDevices(comesBack: Bool) {
        var run = good
        run.disconnected("b1", at: 45)
        if comesBack { run.connected("b1", at: 95) }
        run.sent("a0.3", to: "b0", at: 50)
        run.acked("a0.3", at: 51)
        run.shown("a0.3", on: "b0", to: "b0", at: 52)
        #expect(run.judge(.noLoss).verdict == .held)
    }

    @Test("a message that failed, waits somewhere or is to oneself has not vanished")
    func accounted() {
        var run = good
        run.sent("a0.3", to: "b0", at: 50)
        run.failed("a0.3", at: 60)
        run.sent("a0.4", to: "b0", at: 61)
        run.mailbox(.held, "b0", "a0.4", number: 0, at: 100)
        run.sent("a0.5", to: "a0", at: 62)
        #expect(run.judge(.conservation).verdict == .held)
        #expect(run.record.counts == MessageCounts(sent: 6, acked: 3, delivered: 3, failed: 1, duplicatesSuppressed: 0))
    }

    @Test("a row on the sender's log is durable for both mailboxes")
    func logged() {
        var run = good
        run.sent("a0.3", to: "b0", at: 50)
        run.mailbox(.logged, "a0", "a0.3", number: 4, at: 51)
        run.acked("a0.3", at: 52)
        #expect(run.judge(.durableAfterAck).verdict == .held)
    }

    @Test("orders agree exactly where a comparison of all pairs finds no two messages swapped", arguments: 0..<200)
    func orderAgainstOracle(seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func draw(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        var run = History()
        var views: [[Int]] = [[], []]
        for (index, device) in ["a0", "a1"].enumerated() {
            var pool = Array(0..<6)
            for step in 0..<draw(7) {
                let message = pool.remove(at: draw(3) == 0 ? draw(pool.count) : 0)
                views[index].append(message)
                run.shown("b0.\(message)", on: device, to: "a0", at: UInt64(10 + step))
            }
        }
        var isSwapped = false
        for (first, message) in views[0].enumerated() {
            for other in views[0].dropFirst(first + 1) {
                guard let one = views[1].firstIndex(of: message), let two = views[1].firstIndex(of: other) else {
                    continue
                }
                if one > two { isSwapped = true }
            }
        }
        #expect((run.judge(.sameOrderOnAllDevices).verdict == .violated) == isSwapped, "seed \(seed): \(views)")
    }

    @Test("many violations are all counted, and the earliest are kept")
    func manyViolations() {
        var run = good
        for time: UInt64 in 50..<80 { run.shown("a0.0", on: "b0", to: "b0", at: time) }
        let result = run.judge(.noDuplicates)
        #expect(result.violationCount == 30 && result.violations.count == InvariantResult.violationsKeptMax)
        #expect(result.violations.first?.timeNanoseconds == 50_000_000_000)
    }

    @Test(
        "times have as many decimals as they need",
        arguments: [(0, "0.000 s"), (1_043_000_000, "1.043 s"), (1_043_250_000, "1.04325 s"), (1, "0.000000001 s")])
    func times(nanoseconds: UInt64, text: String) {
        #expect(TimeText.seconds(nanoseconds) == text)
    }

    @Test("times that must line up have six decimals")
    func alignedTimes() {
        #expect(TimeText.microseconds(1_000_050_999) == "1.000050 s")
    }
}
