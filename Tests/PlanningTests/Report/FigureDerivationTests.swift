import Plan
import Reporting
import Testing

@testable import Planning

@Suite("Derivation of figures")
struct FigureDerivationTests {
    private func steps(_ block: ReportBlock) throws -> [ReportDerivation.Step] {
        guard case .derivation(let derivation) = block else {
            Issue.record("no derivation")
            return []
        }
        return derivation.steps
    }

    @Test("each figure comes after those that stand in its formula", arguments: [Plans.classic, Plans.startUp])
    func order(plan: String) throws {
        let last = try Plans.sizing(plan).last
        let figures =
            last.tiers.flatMap { $0.steps + $0.uses.map(\.share) } + [last.cost.perMonth, last.reconnect.seconds]
        var derive = FigureDerivation()
        let steps = try steps(derive("all", "all", figures))
        var told: Set<String> = []
        var all = figures
        while let figure = all.popLast() {
            guard told.insert("\(figure.name) = \(figure.substitution)").inserted else { continue }
            all += figure.parts
        }
        #expect(steps.count == told.count)
        var before: Set<String> = []
        for step in steps {
            before.insert(step.name)
            let parts = try #require(Self.named(step, in: figures)).parts
            #expect(parts.allSatisfy { before.contains($0.name) }, "\(step.name)")
        }
    }

    private static func named(_ step: ReportDerivation.Step, in figures: [Figure]) -> Figure? {
        for figure in figures {
            if figure.name == step.name, figure.formula == step.formula { return figure }
            if let found = named(step, in: figure.parts) { return found }
        }
        return nil
    }

    @Test("what is derived once is not derived again, and what has the same name in another tier is")
    func known() throws {
        let last = try Plans.sizing(Plans.classic).last
        var derive = FigureDerivation(known: last.demand.figures)
        let chat = try steps(derive("a", "a", last.chatServers.steps))
        #expect(!chat.contains { $0.name == last.demand.connections.name })
        #expect(try steps(derive("b", "b", last.chatServers.steps)).isEmpty)
        let balancers = try steps(derive("c", "c", last.loadBalancers.steps))
        #expect(balancers.contains { $0.name == "so many that one zone may be lost" })
    }

    @Test("a step has the formula in names and in numbers, the result, and the estimates on which it rests")
    func step() throws {
        let figure = try Plans.sizing(Plans.classic).last.demand.peakSends
        let step = figure.step
        #expect(step.formula == "messages sent, mean x peak hour x peak day")
        #expect(step.substitution == "231,481 messages/s x 1.555 x 1")
        #expect(step.result.text == "359,954 messages/s")
        #expect(step.source == ReportSource(.computed, "arithmetic; rests on estimates: demand.peak.day"))
    }
}
