import Chat
import Testing

@testable import Invariants

@Suite("Invariants")
struct InvariantTests {
    /// A run in which everything is exercised and in order: `a` has two devices, `b1` is offline for a while.
    private var good: History {
        var run = History()
        for device in ["a0", "a1", "b0", "b1"] { run.connected(device, at: 1) }
        run.took("b0", by: 0, term: 5, at: 2)
        run.wrote("a0.0", "b0", by: 0, term: 5, at: 3)
        run.took("b0", by: 1, term: 6, at: 4)
        run.wrote("a0.1", "b0", by: 1, term: 6, at: 5)
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
        for index: UInt32 in 0..<3 {
            run.mailbox(.cacheConfirmed, "a0", "a0.\(index)", number: index + 1, at: 34)
        }
        run.read("a0", messages: [("a0.0", 1), ("a0.1", 2), ("a0.2", 3)], conversations: [("a0.2", 3)], at: 35)
        run.connected("b1", at: 40)
        for index in 0..<3 {
            run.shown("a0.\(index)", on: "b1", to: "b0", at: 42, number: UInt32(index + 1))
        }
        run.read(["a0.2", "a0.1", "a0.0"], on: "b0", head: 3, at: 44)
        // Meanwhile `f` and `g`, the members of a thread, write to it; `g` leaves at its last place.
        for device in ["f0", "g0"] { run.connected(device, at: 1) }
        run.member("f", of: 1, since: 0, time: 1)
        run.member("g", of: 1, since: 0, upTo: 3, time: 1)
        for (index, message) in ["f0.0", "f0.1", "g0.0"].enumerated() {
            let place = UInt32(index + 1)
            let time = UInt64(10 * place)
            run.sent(message, toThread: 1, at: time)
            run.placed(message, in: 1, at: place, time: time + 1)
            for user in ["f0", "g0"] {
                run.mailbox(.assigned, user, message, number: place, at: time + 1)
                run.mailbox(.stored, user, message, number: place, at: time + 1)
                run.shown(message, on: user, to: user, at: time + 3, number: place)
            }
            run.acked(message, at: time + 2)
        }
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

    @Test("a violation is found and told in one sentence", arguments: InvariantViolations.all.indices)
    func violated(index: Int) {
        let (invariant, spoil, sentence) = InvariantViolations.all[index]
        var run = good
        spoil(&run)
        let result = run.judge(invariant)
        #expect(result.verdict == .violated)
        #expect(result.violations.first?.sentence == sentence)
    }

    @Test("numbers of rows that are no longer kept for a device may be missing on it, and no others")
    func expired() {
        var run = History()
        run.connected("b0", at: 1)
        run.shown("a0.0", on: "b0", to: "b0", at: 2, number: 1)
        run.expired(on: "b0", upTo: 3, at: 10)
        run.shown("a0.3", on: "b0", to: "b0", at: 11, number: 4)
        #expect(run.judge(.sequenceGapFree).verdict == .held)
        run.shown("a0.5", on: "b0", to: "b0", at: 12, number: 6)
        #expect(run.judge(.sequenceGapFree).verdict == .violated)
    }

    @Test("a device that is connected from the start must show what comes, although nothing was ever observed of it")
    func connectedAtStart() {
        var run = History()
        run.connectedAtStart = [RunRecord.ConnectedAtStart(users: 1..<2, deviceCount: 2)]
        run.sent("a0.0", to: "b0", at: 2)
        run.acked("a0.0", at: 3)
        run.shown("a0.0", on: "b0", to: "b0", at: 4, number: 1)
        let result = run.judge(.noLoss)
        #expect(result.verdict == .violated && result.checkedCount == 2 && result.violationCount == 1)
        run.shown("a0.0", on: "b1", to: "b0", at: 5, number: 1)
        #expect(run.judge(.noLoss).verdict == .held)
    }

    @Test("a device whose user is offline at the start owes nothing before it connects")
    func offlineAtStart() {
        var run = History()
        run.connectedAtStart = [RunRecord.ConnectedAtStart(users: 1..<2, deviceCount: 1) { _ in false }]
        run.sent("a0.0", to: "b0", at: 2)
        run.acked("a0.0", at: 3)
        #expect(run.judge(.noLoss).verdict == .notExercised)
        run.connected("b0", at: 4)
        #expect(run.judge(.noLoss).verdict == .violated)
    }

    @Test("each invariant has something that violates it")
    func everyInvariant() {
        #expect(Set(InvariantViolations.all.map(\.0)) == Set(Invariant.allCases))
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
        #expect(run.record.counts == MessageCounts(sent: 9, acked: 6, delivered: 6, failed: 1, duplicatesSuppressed: 0))
    }

    @Test("a message of a thread that is still to be brought to a member, or was refused, has not vanished")
    func accountedInThreads() {
        var run = good
        run.member("b", of: 1, since: 4, time: 40)
        for (index, place) in [(2, 4), (3, 5)] as [(Int, UInt32)] {
            run.sent("f0.\(index)", toThread: 1, at: 50)
            run.placed("f0.\(index)", in: 1, at: place, time: 51)
        }
        run.mailbox(.heldForThread, "f0", "f0.2", number: 0, at: 100)
        run.mailbox(.held, "b0", "f0.3", number: 0, at: 100)
        run.sent("f0.4", toThread: 1, at: 50)
        run.failed("f0.4", at: 60)
        #expect(run.judge(.conservation).verdict == .held)
        #expect(run.judge(.durableAfterAck).verdict == .held, "none of them was acknowledged")
    }

    @Test("who leaves a thread and joins again owes nothing for what was written in between")
    func rejoins() {
        var run = good
        run.member("b", of: 1, since: 0, upTo: 1, time: 1)
        run.member("b", of: 1, since: 3, time: 1)
        for device in ["b0", "b1"] {
            run.shown("f0.0", on: device, to: "b0", at: 45)
            run.shown("g0.0", on: device, to: "b0", at: 46)
        }
        #expect(run.judge(.groupSameSet).verdict == .held)
    }

    @Test("in a thread of many devices each is compared with the one that shows the most", arguments: [false, true])
    func manyMembers(isSwapped: Bool) {
        var run = good
        for user in "efghijklmnopqrstuvw" {
            run.shown("f0.0", on: "\(user)0", to: "\(user)0", at: 50)
            run.shown("f0.1", on: "\(user)0", to: "\(user)0", at: isSwapped && user == "w" ? 49 : 51)
        }
        let ordered = run.observations.sorted { $0.timeNanoseconds < $1.timeNanoseconds }
        #expect((run.judge(.groupOrder, of: ordered).verdict == .violated) == isSwapped)
    }

    @Test("a row on the sender's log is durable for both mailboxes")
    func logged() {
        var run = good
        run.sent("a0.3", to: "b0", at: 50)
        run.mailbox(.logged, "a0", "a0.3", number: 4, at: 51)
        run.acked("a0.3", at: 52)
        #expect(run.judge(.durableAfterAck).verdict == .held)
    }

    @Test("a row that the storage has in the end is durable, though nobody was told so")
    func kept() {
        for mailboxes in [["a0", "b0"], ["a0"]] {
            var run = good
            run.sent("a0.3", to: "b0", at: 50)
            run.acked("a0.3", at: 52)
            for mailbox in mailboxes { run.mailbox(.kept, mailbox, "a0.3", number: 0, at: 100) }
            #expect(run.judge(.durableAfterAck).verdict == (mailboxes.count == 2 ? .held : .violated))
        }
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
