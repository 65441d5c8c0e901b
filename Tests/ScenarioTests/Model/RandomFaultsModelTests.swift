import Testing

@testable import Scenario

@Suite("Random faults in scenarios")
struct RandomFaultsModelTests {
    private func load(_ text: String) throws -> RandomFaultsModel {
        try #require(try Texts.load(Array((Texts.least + text).utf8)).get().randomFaults)
    }

    @Test("without more being said, every kind that the system can suffer may strike, up to `settle` before the end")
    func defaults() throws {
        let model = try load("random_faults: {}\n")
        #expect(model.startNanoseconds == 1_000_000_000 && model.endNanoseconds == 5_000_000_000)
        #expect(model.isRecoverable && model.downAtOnce == 1 && model.swarmPartsPerBillion == 500_000_000)
        let absent: [RandomFaultKind] = [.lostWrites, .corrupt, .zoneLoss]
        #expect(model.rates.map(\.kind) == RandomFaultKind.allCases.filter { !absent.contains($0) })
        #expect(
            model.rates[0]
                == RandomFaultsModel.Rate(
                    kind: .crash, everyNanoseconds: 6_000_000_000,
                    lastsNanoseconds: .uniform(from: 200_000_000, to: 2_000_000_000)))
    }

    @Test("kinds that are listed are those that strike, in an order of their own")
    func kinds() throws {
        let model = try load(
            "random_faults: { until: 4s, budget: none, kinds: { clock: {}, lost_writes: { every: 2s, lasts: 10ms }, crash: {} } }\n"
        )
        #expect(model.rates.map(\.kind) == [.crash, .lostWrites, .clock])
        #expect(
            model.rates[1].everyNanoseconds == 2_000_000_000 && model.rates[1].lastsNanoseconds == .constant(10_000_000)
        )
        #expect(model.rates[2].lastsNanoseconds == nil)
    }

    @Test("zones have an effect where a random fault may strike one")
    func zones() throws {
        #expect(try load("system: { zones: 2 }\nrandom_faults: {}\n").rates.contains { $0.kind == .zoneLoss })
        let errors = Texts.errors(in: Texts.least + "system: { zones: 2 }\nrandom_faults: { kinds: { crash: {} } }\n")
        #expect(errors.count == 1 && errors[0].contains("`zones` would have no effect"), "\(errors)")
    }

    @Test(
        "what cannot be is an error",
        arguments: [
            ("{ until: 9s }", "`until` is at most `duration` less `settle`"), ("{ from: 6s }", "nothing between"),
            ("{ kinds: {} }", "nothing to draw"), ("{ kinds: { clock: { lasts: 1s } } }", "unknown key `lasts`"),
            ("{ kinds: { lost_writes: {} } }", "give `budget: none`"),
            ("{ kinds: { corrupt: {} } }", "only fragments of files are recoverable"),
            ("{ kinds: { zone_loss: {} } }", "there is one zone"),
            ("{ kinds: { crush: {} } }", "did you mean `crash`?"),
            ("{ swarm: 0% }", "out of range"),
        ])
    func errors(text: String, message: String) {
        let errors = Texts.errors(in: Texts.least + "random_faults: \(text)\n")
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }
}
