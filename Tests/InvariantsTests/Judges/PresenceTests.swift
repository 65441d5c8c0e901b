import Chat
import Invariants
import Testing

/// The bounds of ``History``: 20 seconds until a status must be right, 5 for a flap, 5 for a broadcast to arrive.
@Suite("Invariants: presence")
struct PresenceJudgeTests {
    /// `a0` shows `b`, who is online from 30 to 60 seconds.
    private func run(shownOnlineFrom online: UInt64, offlineFrom offline: UInt64) -> History {
        var run = History()
        run.connected("a0", at: 1)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 1)
        run.connected("b0", at: 30)
        run.disconnected("b0", at: 60)
        run.shows("b", online: true, on: "a0", from: .start, at: online)
        run.shows("b", online: false, on: "a0", from: .viewport, at: offline)
        return run
    }

    @Test(
        "a status must be right once the bound has passed, not before",
        arguments: [(31, 61, 0), (50, 80, 0), (51, 80, 1), (50, 81, 1), (55, 85, 2)])
    func bound(online: UInt64, offline: UInt64, violations: Int) {
        let result = run(shownOnlineFrom: online, offlineFrom: offline).judge(.presenceSettles)
        #expect(result.violationCount == violations && result.checkedCount == 2)
    }

    @Test("a status that turns wrong after the bound is a violation")
    func turnsWrong() {
        var run = run(shownOnlineFrom: 31, offlineFrom: 61)
        run.shows("b", online: true, on: "a0", from: .broadcast, at: 90)
        #expect(
            run.judge(.presenceSettles).violations.first?.sentence
                == "a0 shows b as online at 90.000 s, who has been offline since 60.000 s")
    }

    @Test("a user is online as long as any device is")
    func anyDevice() {
        var run = History()
        run.connected("b0", at: 1)
        run.connected("b1", at: 10)
        run.connected("a0", at: 2)
        run.shows("b", online: true, on: "a0", from: .start, at: 3)
        run.disconnected("b0", at: 40)
        #expect(run.judge(.presenceSettles).verdict == .held)
        run.disconnected("b1", at: 60)
        #expect(
            run.judge(.presenceSettles).violations.first?.sentence
                == "a0 shows b as online at 80.000 s, who has been offline since 60.000 s")
    }

    @Test("a device owes nothing while it is offline, nor before it has shown the user for as long as the bound")
    func absent() {
        var run = History()
        run.connected("b0", at: 1)
        run.connected("a0", at: 2)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 2)
        run.disconnected("a0", at: 20)
        run.connected("a0", at: 80)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 80)
        #expect(run.judge(.presenceSettles).verdict == .notExercised)
    }

    @Test("whoever was never online counts only where shown as online")
    func never() {
        var run = History()
        run.connected("a0", at: 1)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 1)
        #expect(run.judge(.presenceSettles).verdict == .notExercised)
        run.shows("b", online: true, on: "a0", from: .broadcast, at: 50)
        #expect(
            run.judge(.presenceSettles).violations.first?.sentence
                == "a0 shows b as online at 50.000 s, who never was")
    }

    @Test("a chat server may tell of a connection before the device knows, and of one that the device never learns of")
    func serverKnowsFirst() {
        var run = History()
        run.connected("a0", at: 1)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 1)
        run.came("b", at: 40)
        run.shows("b", online: true, on: "a0", from: .viewport, at: 41)
        run.connected("b0", at: 42)
        run.disconnected("b0", at: 50)
        run.went("b", at: 51)
        run.shows("b", online: false, on: "a0", from: .viewport, at: 60)
        run.came("b", at: 90)
        run.shows("b", online: true, on: "a0", from: .viewport, at: 91)
        run.went("b", at: 92)
        #expect(run.judge(.presenceSettles).verdict == .held)
        run.shows("b", online: false, on: "a0", from: .viewport, at: 93)
        run.shows("b", online: true, on: "a0", from: .viewport, at: 99)
        #expect(run.judge(.presenceSettles).verdict == .held, "the bound after the server's session is not over")
    }

    @Test("a connection that was closed at once may be reported as closed before it is reported as opened")
    func closedFirst() {
        var run = History()
        run.connected("a0", at: 1)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 1)
        run.came("b", at: 5)
        run.connected("b0", at: 5)
        run.shows("b", online: true, on: "a0", from: .start, at: 6)
        run.disconnected("b0", at: 30)
        run.went("b", at: 30)
        run.shows("b", online: false, on: "a0", from: .viewport, at: 31)
        run.went("b", at: 90)
        run.came("b", at: 90)
        #expect(run.judge(.presenceSettles).verdict == .held)
    }

    @Test("a status that is hidden is not judged")
    func hidden() {
        var run = run(shownOnlineFrom: 31, offlineFrom: 61)
        run.shows("c", online: true, on: "a0", from: .newChat, at: 62)
        run.hides("c", on: "a0", at: 75)
        #expect(run.judge(.presenceSettles).verdict == .held)
    }

    /// `a0` shows `b`, whose chat server saw `b` from 30 to `end` seconds; it shows `b` as online at a time.
    private func flap(until end: UInt64, shownAt time: UInt64?, from source: StatusSource = .broadcast) -> History {
        var run = History()
        run.connected("a0", at: 1)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 1)
        run.came("b", at: 30)
        run.went("b", at: end)
        if let time { run.shows("b", online: true, on: "a0", from: source, at: time) }
        return run
    }

    @Test("a flap that a broadcast shows is a violation, however late")
    func flapShown() {
        #expect(flap(until: 34, shownAt: nil).judge(.presenceNoFlap).verdict == .held)
        #expect(flap(until: 34, shownAt: 31).judge(.presenceNoFlap).verdict == .violated)
        #expect(flap(until: 34, shownAt: 43).judge(.presenceNoFlap).verdict == .violated)
    }

    @Test(
        "who is online for as long as the delay has not flapped, and a question may well find who is there for a moment"
    )
    func noFlap() {
        #expect(flap(until: 35, shownAt: 35).judge(.presenceNoFlap).verdict == .notExercised)
        #expect(flap(until: 34, shownAt: 32, from: .viewport).judge(.presenceNoFlap).verdict == .held)
    }

    @Test("a broadcast of the next coming is none of the flap")
    func next() {
        var run = flap(until: 32, shownAt: nil)
        run.came("b", at: 33)
        run.shows("b", online: true, on: "a0", from: .broadcast, at: 38)
        #expect(run.judge(.presenceNoFlap).verdict == .held)
    }

    @Test("a flap that follows a longer time online too soon is left out: its broadcast may be under way")
    func tooSoon() {
        var run = History()
        run.connected("a0", at: 1)
        run.shows("b", online: false, on: "a0", from: .assumed, at: 1)
        run.came("b", at: 10)
        run.went("b", at: 20)
        run.came("b", at: 21)
        run.went("b", at: 22)
        #expect(run.judge(.presenceNoFlap).verdict == .notExercised)
    }

    @Test("a device that does not show the user all the time cannot see the flap")
    func notLooking() {
        var run = flap(until: 34, shownAt: nil)
        run.connected("c0", at: 31)
        run.shows("b", online: true, on: "c0", from: .broadcast, at: 32)
        let result = run.judge(.presenceNoFlap)
        #expect(result.verdict == .held && result.checkedCount == 1)
    }
}
