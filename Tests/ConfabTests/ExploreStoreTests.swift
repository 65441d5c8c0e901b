import Exploration
import ExplorationStore
import Foundation
import Testing

/// Searches that are kept in a file, as a user runs them: what a kill or an interrupt leaves, and what comes of it when they are gone on with.
@Suite("Searches that are kept")
struct ExploreStoreTests {
    private let shell: Shell

    /// A race that most seeds lose in one way, and some in another.
    init() throws {
        shell = try Shell()
        try shell.write(
            """
            confab: 1
            name: race
            duration: 10s
            users:
              alice: { devices: [phone, laptop] }
              bob: { devices: [phone] }
            script:
              - { at: 1s, alice.phone: { send: M1, to: bob } }
              - { at: 1.01s, bob: { send: M2, to: alice } }
            expect:
              same_order_on_all_devices: held
              same_order_for_both_users: held

            """, to: "race.yaml")
    }

    /// What a store holds of the race.
    private func stored(_ name: String) throws -> [SeedRecord] {
        let version = try shell.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
        let store = try ResultStore(path: shell.path(name))
        let identity = SearchIdentity(scenario: try shell.read("race.yaml"), overrides: [], version: version)
        let known = try store.search(identity, file: "race.yaml").knownSeeds()
        let records = try known.ranges.flatMap { try $0.map { try known.record(of: $0) } }
        try store.close()
        return records
    }

    private func report(_ arguments: String...) throws -> [String: Any] {
        let run = try shell.run(["explore", "race.yaml", "--json"] + arguments)
        #expect(run.errors.isEmpty && run.status == 1)
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    private func hasGrown(_ name: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: shell.path(name + "-wal"))
        // An empty store's log is smaller: a page or two. A batch of outcomes is larger.
        return (attributes?[.size] as? Int ?? 0) > 20_000
    }

    @Test(
        "a search that is killed and gone on with, twice, is the search that nobody killed: no seed lost, none doubled, the same groups"
    )
    func kill() throws {
        var counts = [0]
        // A kill may come before a search that goes on has stored anything new; then it is gone on with once more.
        for _ in 0..<10 where counts.count < 3 {
            let killed = try #require(
                try shell.start(
                    ["explore", "race.yaml", "--seeds", "1000000", "--jobs", "2", "--store", "killed.sqlite"],
                    send: SIGKILL, once: { _ in hasGrown("killed.sqlite") }))
            #expect(killed.status == SIGKILL && killed.output.isEmpty)
            let records = try stored("killed.sqlite")
            // The kill may come while the first outcomes are written: then there are none.
            #expect(records.map(\.outcome.seed) == (0..<UInt64(records.count)).map { $0 + 1 })
            #expect(records.count >= counts[counts.count - 1], "nothing that was stored is lost")
            if records.count > counts[counts.count - 1] { counts.append(records.count) }
        }
        try #require(counts.count == 3, "one went on from where the other was killed")
        let count = "\(counts[2] + 150)"
        let resumed = try report("--seeds", count, "--jobs", "2", "--store", "killed.sqlite")
        let whole = try report("--seeds", count, "--jobs", "1", "--store", "whole.sqlite")
        #expect(resumed["known"] as? Int == counts[2] && whole["known"] as? Int == 0)
        for key in ["seeds", "failed", "groups", "goals", "situations", "events", "ended", "passed"] {
            #expect(resumed[key] as? NSObject == whole[key] as? NSObject, "\(key)")
        }
        #expect(try stored("killed.sqlite").map(\.outcome) == stored("whole.sqlite").map(\.outcome))
        #expect(try shell.names == ["killed.sqlite", "race.yaml", "whole.sqlite"], "nothing is left beside the stores")
    }

    @Test("a search that is interrupted says so, loses nothing, and is gone on with")
    func interrupt() throws {
        let interrupted = try #require(
            try shell.start(
                ["explore", "race.yaml", "--seeds", "1000000", "--json", "--store", "s.sqlite"], send: SIGINT,
                once: { _ in hasGrown("s.sqlite") }))
        #expect(interrupted.status == 130)
        let first = try #require(
            try JSONSerialization.jsonObject(with: Data(interrupted.output.utf8)) as? [String: Any])
        #expect(first["ended"] as? String == "interrupted")
        let count = try #require(first["seeds"] as? Int)
        #expect(try stored("s.sqlite").count == count, "what was reported is what was stored")
        #expect(try shell.names == ["race.yaml", "s.sqlite"])
        let second = try report("--seeds", "\(count + 5)", "--store", "s.sqlite")
        #expect(second["known"] as? Int == count && second["seeds"] as? Int == count + 5)
    }

    @Test("a search that runs no seed to its end shows nothing and does not pass")
    func nothing() throws {
        let run = try shell.run(
            "explore", "race.yaml", "--set", "expect={}", "--set", "duration=20d", "--until", "1ms", "--junit", "r.xml")
        #expect(run.status == 1 && run.output.hasSuffix("FAILED: no seed was run to its end\n"))
        #expect(try shell.read("r.xml").contains("errors=\"1\""))
    }

    @Test("seeds that are missing between others are run, and those outside stay in the file")
    func gaps() throws {
        _ = try report("--from", "10", "--seeds", "5", "--store", "s.sqlite")
        let all = try report("--from", "8", "--seeds", "6", "--store", "s.sqlite")
        #expect(all["known"] as? Int == 4 && all["seeds"] as? Int == 6)
        #expect(try stored("s.sqlite").map(\.outcome.seed) == Array(8..<15))
    }

    @Test("outcomes of a build that gives others are refused, and the file stays as it is")
    func otherBuild() throws {
        let version = try shell.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
        let store = try ResultStore(path: shell.path("s.sqlite"))
        let search = try store.search(
            SearchIdentity(scenario: try shell.read("race.yaml"), overrides: [], version: version), file: "race.yaml")
        let outcome = SeedOutcome(seed: 2, digest: "0123456789abcdef", events: 1, failures: [], situations: [1])
        try search.append(SeedRecord(outcome: outcome, reached: [true, true, true]))
        try search.close()
        try store.close()
        let run = try shell.run("explore", "race.yaml", "--seeds", "3", "--store", "s.sqlite")
        #expect(run.status == 64 && run.output.isEmpty && run.errors.contains("another build"))
        #expect(try stored("s.sqlite").map(\.outcome) == [outcome])
    }

    @Test("a file that is no store is refused before anything runs")
    func foreign() throws {
        let before = try shell.read("race.yaml")
        let run = try shell.run("explore", "race.yaml", "--seeds", "3", "--store", "race.yaml")
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.errors == "race.yaml: error: this is not a SQLite file; it was left as it is\n")
        #expect(try shell.read("race.yaml") == before)
    }
}
