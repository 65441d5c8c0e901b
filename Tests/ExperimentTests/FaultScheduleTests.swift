import Experiment
import Foundation
import Language
import Scenario
import Testing

@Suite("Random faults")
struct FaultScheduleTests {
    /// A scenario with every tier there is.
    private func scenario(random: String = "{}", duration: String = "60s") throws -> Scenario {
        // Zones that nothing strikes are an error.
        let zones = random.contains("kinds") && !random.contains("zone_loss") ? 1 : 2
        return try Scenario.load(
            text: """
                confab: 1
                name: random faults
                duration: \(duration)
                settle: 10s
                system:
                  \(zones > 1 ? "zones: \(zones)" : "connection: { model: websocket }")
                  load_balancers: { count: 2 }
                  chat_servers: { count: 4, acknowledge: after_log }
                  storage:
                    servers: 4
                    replication: { copies: 2, reed_solomon: { k: 4, m: 3, data_nodes: 8 } }
                users:
                  alice: { devices: [phone, laptop] }
                  bob: { devices: [phone] }
                populations:
                  town: { users: 10, sends: 1/min }
                faults:
                  - { at: 9s, for: 3s, crash: chat_server.2 }
                random_faults: \(random)

                """, file: "random.yaml")
    }

    private func drawn(_ scenario: Scenario, seed: UInt64) -> [FaultModel] {
        Array(FaultSchedule(scenario.with(seed: seed)).faults.dropFirst(scenario.faults.count))
    }

    private func crashes(_ faults: [FaultModel]) -> [(server: ServerModel, window: Range<UInt64>)] {
        faults.compactMap { fault in
            guard case .crash(let server, let start, let end, _, _) = fault else { return nil }
            return (server, start..<(end ?? .max))
        }
    }

    @Test("a seed gives the same schedule every time, and another seed another one; what the scenario says comes first")
    func repeatable() throws {
        let scenario = try scenario()
        var seen: Set<[FaultModel]> = []
        for seed: UInt64 in 1...50 {
            let faults = drawn(scenario, seed: seed)
            #expect(faults == drawn(scenario, seed: seed))
            #expect(faults.map(\.startNanoseconds) == faults.map(\.startNanoseconds).sorted())
            seen.insert(faults)
            #expect(FaultSchedule(scenario.with(seed: seed)).faults.first == scenario.faults[0])
        }
        #expect(seen.count == 50)
    }

    @Test("all faults are between `from` and `until`")
    func between() throws {
        let scenario = try scenario(random: "{ from: 5s, until: 20s, swarm: 100% }")
        for seed: UInt64 in 1...50 {
            for fault in drawn(scenario, seed: seed) {
                #expect((5_000_000_000..<20_000_000_000).contains(fault.startNanoseconds))
            }
            #expect(crashes(drawn(scenario, seed: seed)).allSatisfy { $0.window.upperBound <= 20_000_000_000 })
        }
    }

    @Test("kinds are on or off under a seed, each without regard to the others")
    func swarm() throws {
        var counts: [String: Int] = [:]
        let both = try scenario(random: "{ kinds: { pause: { every: 2s }, clock: { every: 2s } } }")
        let alone = try scenario(random: "{ kinds: { clock: { every: 2s } } }")
        for seed: UInt64 in 1...400 {
            let faults = drawn(both, seed: seed)
            let clocks = faults.filter { if case .clockSet = $0 { true } else { false } }
            counts["\(clocks.count < faults.count) \(!clocks.isEmpty)", default: 0] += 1
            #expect(clocks == drawn(alone, seed: seed), "another kind disturbs this one")
        }
        for (mask, count) in counts { #expect((60...140).contains(count), "\(mask)") }
        #expect(counts.count == 4)
    }

    @Test("faults come as often as the scenario says")
    func rates() throws {
        let scenario = try scenario(
            random: "{ from: 0s, until: 1000s, swarm: 100%, kinds: { pause: { every: 4s, lasts: 1ms } } }",
            duration: "1010s")
        let counts = (1...20).map { drawn(scenario, seed: $0).count }
        // 250 are expected under a seed, with a standard deviation of 16.
        #expect(counts.allSatisfy { (180...320).contains($0) } && (4800...5200).contains(counts.reduce(0, +)))
    }

    @Test("never are more servers of a tier down than may be, those included that the scenario lets crash")
    func budget() throws {
        for downAtOnce in 1...2 {
            let scenario = try scenario(
                random:
                    "{ swarm: 100%, down_at_once: \(downAtOnce), kinds: { crash: { every: 100ms }, torn_write: { every: 1s }, "
                    + "zone_loss: { every: 1s } } }")
            var most: [EndpointModel.Kind: Int] = [:]
            for seed: UInt64 in 1...10 {
                let crashes = crashes(FaultSchedule(scenario.with(seed: seed)).faults)
                for (server, window) in crashes {
                    let others = crashes.filter {
                        $0.server.kind == server.kind && $0.window.contains(window.lowerBound)
                    }
                    #expect(Set(others.map(\.server)).count == others.count, "a server crashes while it is down")
                    most[server.kind] = max(most[server.kind] ?? 0, others.count)
                }
            }
            #expect(most[.chatServer] == downAtOnce && most[.loadBalancer] == downAtOnce)
            #expect(most[.storage] == 1, "of two copies one must be there")
            #expect(most[.dataNode] == min(2, downAtOnce) && most[.coordinator] == 1)
        }
    }

    @Test("servers that alone have what was acknowledged are left alone, unless there is no budget")
    func recoverable() throws {
        for (budget, isSpared) in [("recoverable", true), ("none", false)] {
            let random = "{ swarm: 100%, budget: \(budget), kinds: { crash: { every: 200ms } } }"
            let text = """
                confab: 1
                name: careless
                duration: 60s
                settle: 10s
                system: { chat_servers: { count: 3, acknowledge: after_receive }, storage: { servers: 2 } }
                users: { alice: { devices: [phone] } }
                random_faults: \(random)

                """
            let scenario = try Scenario.load(text: text, file: "careless.yaml")
            let struck = Set((1...10).flatMap { crashes(drawn(scenario, seed: $0)).map(\.server.kind) })
            #expect(struck.contains(.storage) && struck.contains(.chatServer) != isSpared)
        }
        let fragments = try scenario(random: "{ swarm: 100%, kinds: { corrupt: { every: 100ms } } }")
        for seed: UInt64 in 1...10 {
            let nodes = Set(
                drawn(fragments, seed: seed).compactMap { fault -> ServerModel? in
                    if case .corruption(let server, _, _) = fault { server } else { nil }
                })
            #expect(
                nodes.count == 2 && nodes.allSatisfy { $0.kind == .dataNode },
                "three may be lost, one of them by a crash")
        }
    }

    @Test("every schedule that is written out is a scenario of its own with the same faults")
    func written() throws {
        let scenario = try scenario(random: "{ swarm: 100%, until: 45s }")
        let text = try String(
            contentsOf: ScenarioFileTests.folder.appendingPathComponent("mixed-faults.yaml"), encoding: .utf8)
        let mixed = try Scenario.load(text: text, file: "mixed-faults.yaml")
        for seed: UInt64 in 1...60 {
            let seeded = mixed.with(seed: seed)
            let written = try Document(text: text, file: "").writingOut(FaultSchedule(seeded).faults, of: seeded)
                .fileText
            let alone = try Scenario.load(text: written, file: "alone.yaml")
            #expect(alone.faults == FaultSchedule(seeded).faults && alone.randomFaults == nil)
            #expect(alone.seed == seed && alone.expectations.digest == nil)
        }
        // All kinds are among those of a large system.
        let all = (1...10).flatMap { FaultSchedule(scenario.with(seed: $0)).faults }.map { $0.text(in: scenario) }
            .joined(separator: "\n")
        for kind in [
            "crash: {", "torn_write: on", "pause: ", "slow: {", "clock: {", "slow_disk: {", "full_disk: ", "corrupt: {",
            "reconnect_storm: ", "partition: {", "half_open", "loss: {", "delay: {", "clog: {", "duplicate: {",
            "reorder: {",
        ] { #expect(all.contains(kind), "\(kind)") }
    }

    @Test("a run whose faults are written out has the same digest", arguments: [2, 7, 108] as [UInt64])
    func sameDigest(seed: UInt64) throws {
        let text = try String(
            contentsOf: ScenarioFileTests.folder.appendingPathComponent("mixed-faults.yaml"), encoding: .utf8)
        let mixed = try Scenario.load(text: text, file: "mixed-faults.yaml").with(seed: seed)
        let written = try Document(text: text, file: "").writingOut(FaultSchedule(mixed).faults, of: mixed).fileText
        func digest(_ scenario: Scenario) throws -> String {
            var experiment = try Experiment(scenario)
            experiment.run()
            return experiment.digest
        }
        #expect(try digest(mixed) == digest(Scenario.load(text: written, file: "alone.yaml")))
    }
}
