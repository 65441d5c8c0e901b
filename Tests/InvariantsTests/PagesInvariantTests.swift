import Chat
import Testing

@testable import Invariants

/// What `pages_complete` and `no_reorder_after_display` take into account.
@Suite("Invariants: pages and what is shown below")
struct PagesInvariantTests {
    /// `b` has five rows: from `a`, to `c`, from `c`, from `a`, from `a`; each received at ten times its number.
    private var mailbox: History {
        var run = History()
        for (index, (message, recipient)) in [
            ("a0.0", "b0"), ("b0.0", "c0"), ("c0.0", "b0"), ("a0.1", "b0"), ("a0.2", "b0"),
        ].enumerated() {
            let number = UInt32(index + 1)
            run.sent(message, to: recipient, at: 1)
            run.assigned("b0", message, number: number, received: UInt64(number) * 10, at: 2)
        }
        return run
    }

    private func verdict(_ change: (inout History) -> Void) -> Verdict {
        var run = mailbox
        change(&run)
        return run.judge(.pagesComplete).verdict
    }

    @Test("what came after the beginning does not belong to the pages")
    func head() {
        #expect(verdict { $0.read(["c0.0", "b0.0", "a0.0"], on: "b0", head: 3, at: 5) } == .held)
        #expect(verdict { $0.read(["a0.1", "c0.0", "b0.0", "a0.0"], on: "b0", head: 3, at: 5) } == .violated)
    }

    @Test("a conversation is what went between two users, in either direction")
    func conversation() {
        #expect(verdict { $0.read(["c0.0", "b0.0"], on: "b0", head: 5, with: "c0", at: 5) } == .held)
        #expect(verdict { $0.read(["c0.0"], on: "b0", head: 5, with: "c0", at: 5) } == .violated)
    }

    @Test("only what was received after the given time is expected, and only as much as was asked for")
    func limits() {
        #expect(verdict { $0.read(["a0.2", "a0.1"], on: "b0", head: 5, since: 30, at: 5) } == .held)
        #expect(verdict { $0.read(["a0.2", "a0.1", "c0.0"], on: "b0", head: 5, since: 30, at: 5) } == .violated)
        #expect(verdict { $0.read(["a0.2", "a0.1"], on: "b0", head: 5, asked: 2, at: 5) } == .held)
        #expect(verdict { $0.read(["a0.2"], on: "b0", head: 5, asked: 2, at: 5) } == .violated)
    }

    @Test("a place that was given again counts with the message that has it when the reading begins")
    func again() {
        #expect(
            verdict { run in
                run.assigned("b0", "c0.1", number: 5, received: 60, at: 4)
                run.read(["c0.1", "a0.1", "c0.0", "b0.0", "a0.0"], on: "b0", head: 5, at: 5)
                run.assigned("b0", "c0.2", number: 5, received: 70, at: 6)
            } == .held)
    }

    @Test("nothing to read is nothing to judge")
    func empty() {
        #expect(verdict { $0.read([], on: "b0", head: 0, at: 5) } == .notExercised)
    }

    @Test("under timestamps, what a device shows was received after all that it has shown")
    func timestamps() {
        func result(_ order: [String]) -> InvariantResult {
            var run = mailbox
            run.sequenced = false
            for (index, message) in order.enumerated() {
                run.shown(message, on: "b0", to: "b0", at: 20 + UInt64(index))
            }
            return run.judge(.noReorderAfterDisplay)
        }
        #expect(result(["a0.0", "c0.0", "a0.2"]).verdict == .held)
        #expect(result(["a0.0"]).verdict == .notExercised)
        let spoilt = result(["a0.0", "a0.2", "c0.0", "a0.1"])
        #expect(spoilt.violationCount == 2)
        #expect(
            spoilt.violations.first?.sentence
                == "b0 shows c0.0 at 22.000 s, which sorts above a0.2, shown at 21.000 s: "
                + "timestamp 30.000 s comes before timestamp 50.000 s")
    }

    @Test("a message without a timestamp is not judged")
    func unstamped() {
        var run = mailbox
        run.sequenced = false
        run.shown("a0.2", on: "b0", to: "b0", at: 20)
        run.shown("b0.7", on: "b0", to: "c0", at: 21)
        #expect(run.judge(.noReorderAfterDisplay).verdict == .notExercised)
    }
}
