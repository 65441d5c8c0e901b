import Testing

@testable import Exploration

@Suite("Causes of failures")
struct FailureCauseTests {
    @Test("failures that differ in messages, numbers and times have the same cause")
    func same() {
        let first = "bob.phone shows M2 (8.183 s) before M1 (8.184 s), but alice.phone sent M1 first"
        let second = "bob.phone shows M17 (2 s) before M9 (2.5 s), but alice.phone sent M9 first"
        #expect(FailureCause.text(of: first) == "bob.phone shows # before # but alice.phone sent # first")
        #expect(FailureCause.text(of: first) == FailureCause.text(of: second))
    }

    @Test("failures that say something else have another")
    func different() {
        #expect(FailureCause.text(of: "M1 has vanished") != FailureCause.text(of: "M1 comes from nowhere"))
    }
}
