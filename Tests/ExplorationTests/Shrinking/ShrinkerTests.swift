import Chat
import Experiment
import Foundation
import Language
import Reporting
import Scenario
import Testing

@testable import Exploration

@Suite("Making a scenario smaller")
struct ShrinkerTests {
    /// Two users who write at nearly the same time, among others who do other things, on more servers than it takes.
    private static let race = """
        confab: 1
        name: race, among others
        duration: 20s
        settle: 4s
        system:
          load_balancers: { count: 2 }
          chat_servers: { count: 3 }
          storage: { servers: 2, log_sync: { uniform: { from: 1ms, to: 2ms } } }
        network:
          last_mile: { latency: { lognormal: { median: 30ms, p99: 300ms, at_least: 1ms } } }
        users:
          alice: { devices: [phone, laptop] }
          bob: { devices: [phone] }
          carol: { devices: [phone, tablet], starts: offline }
        script:
          - { at: 1s, alice.phone: { send: M1, to: bob } }
          - { at: 1.01s, bob: { send: M2, to: alice } }
          - { at: 2s, carol: connect }
          - { at: 3s, carol.tablet: { send: M3, to: bob } }
          - { at: 4.123s, bob: { send: M4, to: carol } }
        faults:
          - { at: 6s, crash: chat_server.3, for: 1s }
          - { at: 9s, for: 1s, partition: { between: "storage.*", and: chat_server.2 } }
        expect: { same_order_for_both_users: held }

        """

    private func document(_ text: String = race) throws -> Document { try Document(text: text, file: "") }

    private func search(_ name: String) throws -> Document {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
                "scenarios/search-\(name).yaml")
        return try document(String(contentsOf: file, encoding: .utf8))
    }

    /// A run of the file that came out, which is to pass as `confab check` would have it.
    private func passes(_ text: String, mutant: Mutant? = nil) throws -> Bool {
        let scenario = try Scenario.load(text: text, file: "")
        #expect(scenario.expectations.digest != nil && !scenario.expectations.verdicts.isEmpty)
        var options = Experiment.Options()
        options.mutant = mutant
        var experiment = try Experiment(scenario, options: options)
        experiment.run()
        return experiment.summary(
            labels: .init(scenarioPath: "", version: "", replay: ""), wallSeconds: 0, peakMemoryBytes: 0
        ).passed
    }

    @Test(
        "what has nothing to do with a failure goes: users, devices, steps, faults, servers, time and laws; the rest happens soon"
    )
    func race() throws {
        // Everything happens 110 seconds later.
        let late = Self.race.replacing(" at: ", with: " at: 11").replacing("duration: 20s", with: "duration: 130s")
        var shrinker = try Shrinker(document(late), seed: 1, invariant: "same_order_for_both_users")
        shrinker.run()
        #expect(shrinker.isMinimal)
        let result = try shrinker.result(comment: ["made smaller"])
        #expect(result.text.hasPrefix("# made smaller\n# same_order_for_both_users: "))
        let scenario = try Scenario.load(text: result.text, file: "")
        #expect(scenario.script.count == 2 && scenario.faults.isEmpty)
        #expect(scenario.users.map(\.devices.count) == [1, 1])
        #expect(scenario.system.loadBalancers.count == 1 && scenario.system.storage.count == 1)
        #expect(scenario.durationNanoseconds < 10_000_000_000 && scenario.settleNanoseconds == 4_000_000_000)
        let times = scenario.script.map(\.timeNanoseconds)
        #expect(times.allSatisfy { $0 <= 3_000_000_000 && $0 % 1_000_000 == 0 } && times == times.sorted())
        #expect(scenario.expectations.verdicts.map(\.name) == ["same_order_for_both_users"])
        #expect(try passes(result.text))
    }

    @Test("what comes out is the same every time")
    func deterministic() throws {
        let texts = try (0..<2).map { _ in
            var shrinker = try Shrinker(document(), seed: 1, runsMax: 150)
            shrinker.run()
            #expect(!shrinker.isMinimal && shrinker.runCount >= 150)
            return try shrinker.result(comment: []).text
        }
        #expect(texts[0] == texts[1])
    }

    @Test("one that is told to stop has the smallest scenario so far, which fails")
    func stopped() throws {
        var left = 60
        var shrinker = try Shrinker(document(), seed: 1) { _ in
            left -= 1
            return left > 0
        }
        shrinker.run()
        let result = try shrinker.result(comment: [])
        #expect(!shrinker.isMinimal && result.size.faults < shrinker.sizeBefore.faults)
        #expect(try passes(result.text))
    }

    @Test("a scenario in which nothing fails is refused, and the message says what may be asked for")
    func refused() throws {
        let allowed = Self.race.replacing("held }", with: "violated }")
        #expect(throws: Shrinker.Refusal.self) { try Shrinker(document(allowed), seed: 1) }
        do {
            _ = try Shrinker(document(allowed), seed: 1)
        } catch let refusal as Shrinker.Refusal {
            #expect(refusal.description.contains("what is violated is `same_order_for_both_users`, "))
            #expect(refusal.description.hasSuffix("which --invariant makes smaller all the same"))
        }
        #expect(throws: Shrinker.Refusal.self) { try Shrinker(document(), seed: 1, invariant: "no_loss") }
        #expect(
            try Shrinker(document(allowed), seed: 1, invariant: "same_order_for_both_users").sizeBefore.messages == 4)
    }

    @Test("a population becomes a few listed users with a script, and the failure is the planted bug's")
    func population() throws {
        let document = try search("one-server")
        let trial = MutantTrial(
            try #require(MutantCatalogue.entry(of: .submittedTwice)),
            in: try Scenario.load(text: document.fileText, file: ""))
        let seed = try #require(try trial.seedThatFinds(from: 1))
        var shrinker = try Shrinker(document, seed: seed, invariant: "no_duplicates", mutant: .submittedTwice)
        shrinker.run()
        let result = try shrinker.result(comment: [])
        let scenario = try Scenario.load(text: result.text, file: "")
        #expect(scenario.populations.isEmpty && scenario.script.count <= 6)
        #expect(result.size.messages <= 6 && result.size.faults <= 3)
        #expect(try passes(result.text, mutant: .submittedTwice))
        #expect(try !passes(result.text))
    }

    @Test("faults that are drawn under the seed are written out, and those that have nothing to do with the failure go")
    func randomFaults() throws {
        let text = Self.race.replacing(
            "expect:", with: "random_faults: { from: 2s, until: 5s, swarm: 100% }\nexpect:")
        var shrinker = try Shrinker(document(text), seed: 1)
        #expect(shrinker.sizeBefore.faults > 3)
        shrinker.run()
        let result = try shrinker.result(comment: [])
        #expect(result.size.faults == 0 && !result.text.contains("random_faults"))
        #expect(try passes(result.text))
    }

    @Test("a planted bug that is not the reason is refused")
    func notTheReason() throws {
        #expect(throws: Shrinker.Refusal.self) { try Shrinker(document(), seed: 1, mutant: .presenceWithoutDelay) }
    }

    @Test("it can be stopped while it looks whether the planted bug is the reason, and says so")
    func stoppedEarly() throws {
        let document = try search("one-server")
        let trial = MutantTrial(
            try #require(MutantCatalogue.entry(of: .submittedTwice)),
            in: try Scenario.load(text: document.fileText, file: ""))
        let seed = try #require(try trial.seedThatFinds(from: 1))
        var askedAfterFirstRun = 0
        let refusal = #expect(throws: Shrinker.Refusal.self) {
            try Shrinker(document, seed: seed, invariant: "no_duplicates", mutant: .submittedTwice) { progress in
                askedAfterFirstRun += progress.runs
                return askedAfterFirstRun < 3
            }
        }
        #expect(askedAfterFirstRun >= 3)
        #expect(refusal?.description.hasPrefix("there was no time for the runs without the planted bug") == true)
    }
}
