import Plan
import Testing

@testable import Planning

@Suite("Figures")
struct FigureTests {
    private let a = Figure("a", "servers", Term.constant(12))
    private let b = Figure("b", "servers", Term.constant(4))
    private let c = Figure("c", "servers", Term.constant(2))

    @Test("the formula has brackets where they are needed and nowhere else")
    func brackets() {
        func formula(_ term: Term) -> String { Figure("", "", term).formula }
        #expect(formula(a + b * c) == "a + b x c" && formula((a + b) * c) == "(a + b) x c")
        #expect(formula(a - (b - c)) == "a - (b - c)" && formula(a - b - c) == "a - b - c")
        #expect(formula(a / (b / c)) == "a / (b / c)" && formula(a / b * c) == "a / b x c")
        #expect(formula((a / b).roundedUp) == "round up(a / b)")
        #expect(formula(.largest([a, b + c])) == "max(a, b + c)" && formula(.largest([a])) == "a")
        #expect(formula(.sum([a, b, c])) == "a + b + c" && formula(.sum([])) == "0")
    }

    @Test("the value is that of the formula")
    func values() {
        #expect((a + b * c).value == 20 && ((a + b) * c).value == 32 && (a - (b - c)).value == 10)
        #expect((a / (b / c)).value == 6 && Term.smallest([a, b]).value == 4 && Term.largest([a, b]).value == 12)
    }

    @Test("rounding up forgives a rounded digit and nothing more")
    func rounding() {
        #expect((Term.constant(0.3) / Term.constant(0.1)).roundedUp.value == 3, "0.3 / 0.1 is a little less than 3")
        #expect((Term.constant(2.1) / Term.constant(0.7)).roundedUp.value == 3, "2.1 / 0.7 is a little more than 3")
        #expect(Term.constant(3.000_001).roundedUp.value == 4 && Term.constant(3).roundedUp.value == 3)
    }

    @Test("inputs stand once and in order, with what they are from")
    func inputs() throws {
        let plan = try Plans.load(Plans.startUp)
        let figure = Figure("x", "", a * plan.demand.concurrentShare + a / plan.demand.friends)
        #expect(figure.inputs.map(\.name) == ["a", "concurrent share", "friends"] && figure.parts == [a])
        #expect(figure.inputs[1].source?.key == "demand.concurrent_share" && figure.inputs[0].source == nil)
        #expect(figure.substitution == "12 servers x 0.32 + 12 servers / 99 friends/user")
    }

    @Test("estimates are handed on through every figure, in order and each once")
    func estimates() throws {
        let plan = try Plans.load(Plans.classic)
        let first = Figure("first", "", plan.costs.cpuPerSend + plan.demand.peak.day)
        let second = Figure("second", "", first * plan.demand.messagesPerDay + first * plan.costs.cpuPerLookup)
        #expect(first.estimates == ["costs.cpu_per_send", "demand.peak.day"])
        #expect(second.estimates == ["costs.cpu_per_lookup", "costs.cpu_per_send", "demand.peak.day"])
    }

    @Test("a model names its source, and the year before is told no further")
    func models() {
        let model = Figure("m", "", Term.model("model", "somebody (1917)", of: [a, b], 3))
        #expect(model.formula == "model(a, b)" && model.references == ["somebody (1917)"])
        let before = model.ofYearBefore(named: "m before")
        #expect(before.value == 3 && before.formula == "the year before" && before.parts.isEmpty)
    }
}
