import Chat
import Invariants
import Testing

@Suite("Invariants: media")
struct MediaInvariantTests {
    /// A message that was acknowledged and stored; its media may be in an object store.
    private func run(refers: Bool, isHeld: Bool) -> History {
        var run = History()
        run.sent("a0.0", to: "b0", mediaBytes: refers ? 5000 : 0, at: 10)
        for user in ["a0", "b0"] { run.mailbox(.stored, user, "a0.0", number: 1, at: 11) }
        run.acked("a0.0", at: 12)
        if isHeld { run.mailbox(.mediaHeld, "a0", "a0.0", number: 5000, at: 100) }
        return run
    }

    @Test("media that a message refers to are durable like the message itself")
    func durable() {
        let held = run(refers: true, isHeld: true).judge(.durableAfterAck)
        #expect(held.verdict == .held && held.checkedCount == 2)
        let lost = run(refers: true, isHeld: false).judge(.durableAfterAck)
        #expect(lost.violationCount == 1 && lost.checkedCount == 2)
    }

    @Test("a message that carries its content needs no object store")
    func inline() {
        let result = run(refers: false, isHeld: false).judge(.durableAfterAck)
        #expect(result.verdict == .held && result.checkedCount == 1)
    }

    @Test("nor does one that was not acknowledged in time", arguments: [(90, true), (91, false)] as [(UInt64, Bool)])
    func settling(acknowledged: UInt64, isJudged: Bool) {
        var run = History()
        run.sent("a0.0", to: "b0", mediaBytes: 5000, at: 10)
        run.acked("a0.0", at: acknowledged)
        #expect((run.judge(.durableAfterAck).verdict == .violated) == isJudged)
    }
}
