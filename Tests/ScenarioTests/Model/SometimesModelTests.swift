import Language
import Testing

@testable import Scenario

@Suite("What must happen sometimes")
struct SometimesModelTests {
    private func text(_ expect: String) -> String { Texts.least + "expect:\n" + expect }

    private func situations(_ listed: String) throws -> [String] {
        try Scenario.load(text: text("  no_loss: any\n  sometimes: [\(listed)]\n"), file: "f").expectations.sometimes
            .map(\.situation.text)
    }

    @Test(
        "an invariant has a verdict, a figure or a count of messages has limits; what is left out is what one would mean"
    )
    func forms() throws {
        #expect(
            try situations("{ invariant: no_loss, verdict: violated }, { invariant: no_loss }") == [
                "no_loss violated", "no_loss held",
            ])
        #expect(
            try situations("{ metric: a.b }, { metric: a.b, at_least: 3 }, { metric: a.b, at_most: 0 }") == [
                "a.b at least 1", "a.b at least 3", "a.b 0",
            ])
        #expect(try situations("{ messages: failed, at_least: 2, at_most: 4 }") == ["messages failed 2 to 4"])
        let everything = try Scenario.load(text: Texts.everything, file: "f").expectations
        #expect(
            everything.sometimes.count == 3
                && everything.sometimes[0].position.line < everything.sometimes[1].position.line)
        #expect(everything.figures.map(\.name) == ["traffic.chat.last_mile.messages", "cache.lock_waits"])
    }

    @Test(
        "what is misspelt, has no effect or can never be is an error at its place",
        arguments: [
            ("{ invariant: no_los }", "10:28 `no_los` is not one of the choices; did you mean `no_loss`?"),
            ("{ messages: lost }", "10:27 `lost` is not one of the choices; valid are"),
            ("{ invariant: no_loss, metric: a.b }", "only one of `invariant` and `metric` and `messages` may say"),
            ("{ at_least: 1 }", "one of `invariant` and `metric` and `messages` is missing: what is to happen"),
            (
                "{ invariant: no_loss, at_least: 1 }",
                "10:37 `at_least` would have no effect: an invariant has a verdict"
            ),
            ("{ metric: a.b, verdict: held }", "10:30 `verdict` would have no effect: only an invariant has a verdict"),
            ("{ metric: a.b, at_least: 0 }", "it is always at least 0"),
            ("{ metric: a.b, at_least: 5, at_most: 4 }", "`at_most` is less than `at_least`"),
            ("{ invariant: no_loss, verdict: any }", "`any` is not one of the choices"),
            ("{ metric: a.b }, { metric: a.b, at_least: 1 }", "10:32 `a.b at least 1` is listed twice"),
            ("{ invariant: sender_fifo }", "`sender_fifo: held` says already that a search must come to it"),
            ("{ invariant: sender_fifo, verdict: violated }", "write `sender_fifo: any` if some may"),
            ("{ invariant: no_duplicates, verdict: violated }", "no seed may violate `no_duplicates`"),
        ])
    func errors(listed: String, message: String) {
        let errors = Texts.errors(in: text("  sometimes: [\(listed)]\n  no_loss: any\n  sender_fifo: held\n"))
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }

    @Test("what the design gives up may be violated sometimes though the scenario does not say `any`")
    func givenUp() {
        #expect(
            Texts.errors(in: text("  sometimes: [{ invariant: same_order_for_both_users, verdict: violated }]\n")) == []
        )
    }
}
