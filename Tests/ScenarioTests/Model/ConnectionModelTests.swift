import Testing

@testable import Scenario

@Suite("The section system.connection")
struct ConnectionModelTests {
    private func system(_ section: String) -> String { Texts.least + "system: { \(section) }\n" }

    private func connection(_ section: String) throws -> ConnectionModel {
        try Scenario.load(text: system("connection: \(section)"), file: "f").system.connection
    }

    @Test("a connection stays open by default; requests are held for 30 s or come every 5 s")
    func defaults() throws {
        #expect(try connection("{}").model == .websocket)
        #expect(try connection("{ model: long_poll }").model == .longPoll(holdNanoseconds: 30_000_000_000))
        let poll = try connection("{ model: poll }")
        #expect(poll.model == .poll(periodNanoseconds: 5_000_000_000) && poll.headerBytes == 800)
    }

    @Test("every key arrives where it belongs")
    func keys() throws {
        let polled = try connection("{ model: long_poll, hold: 20s, answer_timeout: 4s, grace: 9s, headers: 1KiB }")
        #expect(
            polled
                == ConnectionModel(
                    model: .longPoll(holdNanoseconds: 20_000_000_000), answerTimeoutNanoseconds: 4_000_000_000,
                    graceNanoseconds: 9_000_000_000, headerBytes: 1024))
        #expect(try connection("{ model: poll, period: 2s }").model == .poll(periodNanoseconds: 2_000_000_000))
    }

    @Test(
        "what would have no effect or could not work is refused",
        arguments: [
            ("connection: { hold: 5s }", "`hold` would have no effect"),
            ("connection: { model: poll, hold: 5s }", "`hold` would have no effect"),
            ("connection: { model: long_poll, period: 5s }", "`period` would have no effect"),
            ("connection: { headers: 700B }", "`headers` would have no effect"),
            ("connection: { grace: 20s }", "`grace` would have no effect"),
            ("connection: { answer_timeout: 1s }", "`answer_timeout` would have no effect"),
            ("connection: { model: poll, answer_timeout: 9s, grace: 8s }", "`grace` must be longer"),
            ("connection: { model: poll, headers: 7B }", "7"),
            ("connection: { model: poll }, heartbeat: { period: 1s }", "`heartbeat` would have no effect"),
            ("connection: { model: long_pol }", "did you mean `long_poll`"),
        ])
    func refused(section: String, message: String) {
        let errors = Texts.errors(in: system(section))
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }
}
