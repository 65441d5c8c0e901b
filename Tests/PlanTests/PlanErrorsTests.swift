import Language
import Plan
import Testing

@Suite("What is wrong with a plan")
struct PlanErrorsTests {
    @Test(
        "each mistake is found where it is, with what would be right",
        arguments: [
            ("objectives: { year: 5 }", "5:15 unknown key `year`; did you mean `years`?"),
            ("demnd: {}", "5:1 unknown key `demnd`; did you mean `demand`?"),
            ("objectives: { years: 50 }", "5:22 50 is out of range: 1 to 20"),
            (
                "objectives: { reconnect: 30 }",
                "5:26 `30` has no unit; write a duration such as `30ms`, `1.5s` or `2min`"
            ),
            ("objectives: { headroom: 99% }", "5:25 `99%` is out of range: at most 90%"),
            (
                "policies: { acknowledge: after_recieve }",
                "`after_recieve` is not one of the choices; did you mean `after_receive`?"
            ),
            ("costs: { cpu_variation: -1 }", "expected a number with at most six decimals"),
            ("costs: { cpu_variation: 101 }", "`101` is out of range: 0 to 100"),
            ("prices: { currency: dollars }", "expected a currency such as `USD`"),
            ("objectives: { years: { value: 5, low: 6, high: 7 } }", "`value` is not between `low` and `high`"),
            ("objectives: { years: { value: 5, low: 5 } }", "the key `high` is missing"),
        ])
    func mistakes(line: String, message: String) {
        let errors = Texts.errors(in: Texts.plan(line))
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }

    @Test(
        "a key that would have no effect is an error",
        arguments: [
            "policies: { transport: { kind: websocket, period: 30s } }",
            "policies: { acknowledge: after_log, write_buffer: 5s }",
            "policies: { cache: { enabled: off, hit_share: 90% } }",
            "policies: { chat_servers: { placement: least_of_two, overload_probability: 2% } }",
            "policies: { media: { store: inline, retention: 30d } }",
            "policies: { load_balancers: { connections_each: 5 } }",
            "policies: { chat_servers: { zones: 1, survive_zone_loss: on } }",
            "policies: { storage: { redundancy: { copies: 3, data_fragments: 6, parity_fragments: 3 } } }",
        ])
    func inert(line: String) {
        let errors = Texts.errors(in: Texts.plan(line))
        #expect(errors.contains { $0.contains("would have no effect") }, "\(errors)")
    }

    @Test("what belongs together is asked for together")
    func together() {
        let size = Texts.errors(in: Texts.least, overrides: ["demand.messages.stated_from=2MB"])
        #expect(size.contains { $0.contains("go together") })
        let code = Texts.errors(in: Texts.least, overrides: ["policies.storage.redundancy.data_fragments=6"])
        #expect(code.contains { $0.contains("`parity_fragments` is missing") })
        #expect(code.contains { $0.contains("with --set policies.storage.redundancy.data_fragments=6") })
        let growth = Texts.errors(
            in: Texts.least, overrides: ["demand.users={ now: 1, growth_per_year: 2%, by_year: [2] }"])
        #expect(growth.contains { $0.contains("`growth_per_year` would have no effect") })
    }

    @Test("a scenario is no plan, and a plan needs users")
    func others() {
        #expect(Texts.errors(in: "confab: 1\n").contains { $0.contains("unknown key `confab`") })
        #expect(
            Texts.errors(in: "confab_plan: 1\nname: x\n") == [
                "1:1 the key `demand` is missing: What is asked of the system."
            ])
    }
}
