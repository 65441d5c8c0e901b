import Scenario
import Synchronization
import Testing

@testable import Exploration

@Suite("Search over seeds")
struct SeedSearchTests {
    /// Two users who write at nearly the same time, so that who is first differs from seed to seed.
    private func race(expect: String) throws -> Scenario {
        try Scenario.load(
            text: """
                confab: 1
                name: race
                duration: 10s
                users:
                  alice: { devices: [phone, laptop] }
                  bob: { devices: [phone] }
                script:
                  - { at: 1s, alice.phone: { send: M1, to: bob } }
                  - { at: 1.01s, bob: { send: M2, to: alice } }
                expect: \(expect)

                """, file: "race.yaml")
    }

    private func search(
        _ scenario: Scenario, seeds: Range<UInt64> = 0..<40, jobs: Int = 1, plateau: UInt64 = 0,
        known: [SeedRecord] = []
    ) throws -> (findings: ExplorationFindings, records: [SeedRecord]) {
        let records = Mutex<[SeedRecord]>([])
        let search = SeedSearch(scenario, options: .init(seeds: seeds, jobs: jobs, plateau: plateau))
        let findings = try search.run(known: known) { record, _ in
            records.withLock { $0.append(record) }
        } shouldGoOn: {
            true
        }
        return (findings, records.withLock { $0 })
    }

    @Test("each seed is run once and handed out in order, however many run at a time")
    func order() throws {
        let scenario = try race(expect: "{ same_order_on_all_devices: any }")
        let alone = try search(scenario)
        let together = try search(scenario, jobs: 4)
        #expect(alone.records.map(\.outcome.seed) == Array(0..<40))
        #expect(alone.records == together.records)
        #expect(Set(alone.records.map(\.outcome.digest)).count == 40)
        #expect(alone.findings.passed && alone.findings.failedSeedCount == 0)
    }

    @Test("an invariant that some seed violates is found, and named with its seeds")
    func failures() throws {
        let scenario = try race(expect: "{ same_order_on_all_devices: held }")
        let (findings, records) = try search(scenario)
        let failed = records.filter { !$0.outcome.failures.isEmpty }.map(\.outcome.seed)
        #expect(!failed.isEmpty && failed.count < 40)
        #expect(findings.failedSeedCount == UInt64(failed.count) && !findings.passed)
        let group = try #require(findings.groups.first)
        #expect(group.invariant == "same_order_on_all_devices" && group.seeds.first == failed.first)
        #expect(findings.groups.reduce(0) { $0 + $1.count } >= UInt64(failed.count))
    }

    @Test("a verdict that is stated and never occurs is missed")
    func missed() throws {
        let (findings, _) = try search(
            try race(expect: "{ no_duplicates: violated, no_loss: held, same_order_on_all_devices: any }"), seeds: 0..<5
        )
        #expect(findings.missed == [.init(invariant: "no_duplicates", verdict: "violated")])
        #expect(findings.reached == [5, 0] || findings.reached == [0, 5])
        #expect(!findings.passed && findings.failedSeedCount == 0)
    }

    @Test("a search that comes into nothing new stops")
    func plateau() throws {
        let (findings, records) = try search(
            try race(expect: "{ same_order_on_all_devices: any }"), seeds: 0..<4000, plateau: 20)
        #expect(findings.seedCount < 4000 && findings.seedsWithoutNews == 20)
        #expect(records.count == Int(findings.seedCount))
    }

    @Test("seeds that are known are not run again, and the findings are the same")
    func resumed() throws {
        let scenario = try race(expect: "{ same_order_on_all_devices: held }")
        let whole = try search(scenario)
        // Whether a seed was run shows in its digest.
        let known = whole.records.prefix(25).map { record in
            SeedRecord(
                outcome: SeedOutcome(
                    seed: record.outcome.seed, digest: "known", events: record.outcome.events,
                    failures: record.outcome.failures, situations: record.outcome.situations), reached: record.reached)
        }
        let resumed = try search(scenario, jobs: 3, known: known)
        #expect(resumed.records.filter { $0.outcome.digest == "known" }.count == 25)
        #expect(resumed.records.suffix(15) == whole.records.suffix(15))
        #expect(resumed.findings.groups.map(\.count) == whole.findings.groups.map(\.count))
    }
}
