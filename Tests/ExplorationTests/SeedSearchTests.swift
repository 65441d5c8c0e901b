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
        known: KnownSeeds = .none
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
        #expect(alone.records.map(\.outcome) == together.records.map(\.outcome))
        #expect(alone.records.map(\.reached) == together.records.map(\.reached))
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
        #expect(findings.missed.map(\.text) == ["no_duplicates violated"])
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

    /// Records whose digests tell that they were known, but for the first, which is run again.
    private func marked(_ records: some Sequence<SeedRecord>) -> [SeedRecord] {
        records.enumerated().map { number, record in
            SeedRecord(
                outcome: SeedOutcome(
                    seed: record.outcome.seed, digest: number == 0 ? record.outcome.digest : "known",
                    events: record.outcome.events, failures: record.outcome.failures,
                    situations: record.outcome.situations), reached: record.reached)
        }
    }

    @Test("seeds that are known are not run again, wherever they are, and the findings are the same")
    func resumed() throws {
        let scenario = try race(expect: "{ same_order_on_all_devices: held }")
        let whole = try search(scenario)
        for places in [Array(0..<25), Array(25..<40), Array(3..<9) + Array(20..<31), Array(0..<40), []] {
            let known = KnownSeeds(marked(places.map { whole.records[$0] }))
            let resumed = try search(scenario, jobs: 3, known: known)
            let missing = (0..<40).filter { !places.contains($0) }
            #expect(resumed.records.map(\.outcome) == missing.map { whole.records[$0].outcome })
            #expect(resumed.findings.seedCount == 40 && resumed.findings.knownSeedCount == UInt64(places.count))
            #expect(resumed.findings.groups.map(\.count) == whole.findings.groups.map(\.count))
            #expect(resumed.findings.groups.map(\.seeds) == whole.findings.groups.map(\.seeds))
            #expect(resumed.findings.reached == whole.findings.reached)
            #expect(resumed.findings.firstReached == whole.findings.firstReached)
            #expect(resumed.findings.situationCount == whole.findings.situationCount)
            #expect(resumed.findings.eventCount == whole.findings.eventCount)
        }
    }

    @Test("a search that is gone on with stops where it would have stopped in one go, also among seeds that are known")
    func resumedPlateau() throws {
        let scenario = try race(expect: "{ same_order_on_all_devices: any }")
        let whole = try search(scenario, seeds: 0..<4000, plateau: 20)
        for count in [10, whole.records.count] {
            let known = KnownSeeds(marked(whole.records.prefix(count)))
            let resumed = try search(scenario, seeds: 0..<4000, jobs: 2, plateau: 20, known: known)
            #expect(resumed.findings.seedCount == whole.findings.seedCount)
            #expect(resumed.records.count == whole.records.count - count)
        }
    }

    @Test("what another program has found is not taken for what this one would find")
    func otherProgram() throws {
        let scenario = try race(expect: "{ same_order_on_all_devices: any }")
        let record = SeedRecord(
            outcome: SeedOutcome(seed: 5, digest: "0123456789abcdef", events: 1, failures: [], situations: []),
            reached: [])
        #expect {
            try search(scenario, known: KnownSeeds([record]))
        } throws: { error in
            (error as? KnownSeedDiffers)?.seed == 5 && "\(error)".contains("another build")
        }
        #expect(
            try search(scenario, seeds: 6..<8, known: KnownSeeds([record])).records.count == 2, "it is not among these")
    }

    @Test(
        "what the scenario lists as sometimes must occur under some seed, and the search counts under how many it does")
    func sometimes() throws {
        let (findings, records) = try search(
            try race(
                expect: """
                    { same_order_on_all_devices: any, sometimes: [
                      { invariant: same_order_on_all_devices, verdict: violated }, { invariant: same_order_on_all_devices },
                      { messages: acked, at_least: 2 }, { metric: traffic.chat.last_mile.messages, at_least: 1_000_000 }] }
                    """))
        #expect(
            findings.goals.sometimes.map(\.text) == [
                "same_order_on_all_devices violated", "same_order_on_all_devices held", "messages acked at least 2",
                "traffic.chat.last_mile.messages at least 1000000",
            ])
        #expect(findings.reached[0] > 0 && findings.reached[1] > 0 && findings.reached[0] + findings.reached[1] == 40)
        #expect(findings.reached[2] == 40 && findings.firstReached[2] == 0)
        #expect(findings.missed.map(\.path) == [["expect", "sometimes", "3"]] && !findings.passed)
        #expect(findings.failedSeedCount == 0)
        #expect(findings.firstReached[0] == records.first { $0.reached[0] }?.outcome.seed)
    }
}
