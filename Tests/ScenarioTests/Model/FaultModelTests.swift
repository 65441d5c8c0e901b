import Testing

@testable import Scenario

@Suite("Faults in scenarios")
struct FaultModelTests {
    private let system = """
        system: { zones: 2, chat_servers: { count: 3, acknowledge: after_log }, storage: { servers: 2 } }

        """

    private func faults(_ text: String) throws -> [FaultModel] {
        let zone = "{ at: 1ms, for: 1ms, zone_loss: { zone: 1 } }"
        let scenario = try Texts.load(Array((Texts.least + system + "faults: [ \(zone), { at: 5s, \(text) } ]\n").utf8))
            .get()
        return Array(scenario.faults.drop { $0.startNanoseconds < 5_000_000_000 && $0.startNanoseconds == 1_000_000 })
    }

    @Test("what a crash does to the disk is said with it; without that it does nothing")
    func disks() throws {
        func crash(_ disk: FaultModel.DiskLoss) -> [FaultModel] {
            [
                .crash(
                    server: .storage(0), startNanoseconds: 5_000_000_000, endNanoseconds: 6_000_000_000, disk: disk)
            ]
        }
        #expect(try faults("for: 1s, crash: storage.1") == crash(.nothing))
        #expect(try faults("for: 1s, crash: { servers: storage.1, torn_write: on }") == crash(.tornWrite))
        #expect(
            try faults("for: 1s, crash: { servers: storage.1, lost_writes: 20ms }")
                == crash(.lostWrites(lastNanoseconds: 20_000_000)))
    }

    @Test("devices notice a crash after a time of a law, and what is written out says so")
    func noticed() throws {
        let law = DistributionModel.uniform(from: 30_000_000, to: 60_000_000)
        let text = "noticed: { uniform: { from: 30ms, to: 60ms } }"
        let crashes = try faults("for: 1s, crash: chat_server.1, \(text)")
        #expect(
            crashes == [
                .crash(
                    server: .chatServer(0), startNanoseconds: 5_000_000_000, endNanoseconds: 6_000_000_000, noticed: law
                )
            ])
        let scenario = try Texts.load(Array(Texts.least.utf8)).get()
        #expect(crashes[0].text(in: scenario) == "{ at: 5s, for: 1s, crash: chat_server.1, \(text) }")
        func laws(_ text: String) throws -> [DistributionModel?] {
            try faults(text).map { if case .crash(_, _, _, _, let law) = $0 { law } else { nil } }
        }
        let rolling = "rolling_restart: { servers: \"chat_server.*\", every: 1s, down: 1s }"
        #expect(try laws("\(rolling), \(text)") == [law, law, law])
        #expect(try laws("for: 1s, zone_loss: { zone: 2 }, \(text)") == [law, law])
        #expect(try laws(rolling) == [nil, nil, nil])
    }

    @Test("the servers of a zone are those that are dealt to it in turn, tier by tier")
    func zones() throws {
        let lost: [ServerModel] = [.chatServer(1), .storage(1)]
        #expect(
            try faults("for: 1s, zone_loss: { zone: 2 }")
                == lost.map {
                    .crash(server: $0, startNanoseconds: 5_000_000_000, endNanoseconds: 6_000_000_000)
                })
        guard
            case .link(let sources, let targets, true, .loss(1_000_000_000), _, _) = try faults(
                "for: 1s, zone_loss: { zone: 2, of: network }")[0]
        else { return #expect(Bool(false), "a zone that loses its network is cut off") }
        #expect(sources == lost.map(EndpointModel.server))
        #expect(
            targets == [
                .server(.loadBalancer(0)), .server(.chatServer(0)), .server(.chatServer(2)), .server(.storage(0)),
                .user(0), .user(1),
            ])
    }

    @Test("a half-open partition has a side that notices")
    func halfOpen() throws {
        #expect(
            try faults("for: 1s, partition: { between: chat_server.1, and: [alice, bob], way: half_open }") == [
                .halfOpen(
                    sources: [.server(.chatServer(0))], targets: [.user(0), .user(1)], startNanoseconds: 5_000_000_000,
                    endNanoseconds: 6_000_000_000)
            ])
    }

    @Test(
        "a fault that cannot strike what it names is an error",
        arguments: [
            ("for: 1s, crash: { servers: load_balancer.1, torn_write: on }", "`torn_write` strikes storage servers"),
            ("for: 1s, crash: { servers: storage.1, torn_write: on, lost_writes: 1s }", "either `torn_write`"),
            (
                "for: 1s, slow_disk: { servers: load_balancer.1, factor: 3 }",
                "`slow_disk` strikes servers that use a disk"
            ),
            ("for: 1s, full_disk: load_balancer.1", "and `load_balancer.1` is none of them"),
            ("corrupt: chat_server.1", "`corrupt` strikes storage servers and data nodes"),
            ("for: 1s, corrupt: storage.1", "`for` would have no effect"),
            ("reconnect_storm: storage.1", "`reconnect_storm` strikes chat servers"),
            ("for: 1s, crash: storage.1, noticed: 1s", "the fault strikes no chat server"),
            ("for: 1s, pause: chat_server.1, noticed: 1s", "no chat server crashes by this fault"),
            ("for: 1s, zone_loss: { zone: 2, of: network }, noticed: 1s", "a zone that loses its network crashes no"),
            ("for: 1s, zone_loss: { zone: 3 }", "there is no zone 3"),
            (
                "for: 1s, partition: { between: alice, and: storage.1, way: half_open }",
                "between devices and chat servers"
            ),
            ("for: 1s, duplicate: { between: alice, and: chat_server.1, ratio: 5% }", "is a request of its own"),
            ("for: 1s, reorder: { between: storage.1, and: alice, ratio: 5% }", "is a request of its own"),
            (
                "for: 1s, loss: { between: alice, and: chat_server.1, way: half_open, ratio: 5% }",
                "is not one of the choices"
            ),
        ])
    func errors(fault: String, message: String) {
        let errors = Texts.errors(
            in: Texts.least + system + "faults: [ { at: 1s, for: 1s, zone_loss: { zone: 1 } }, { at: 5s, \(fault) } ]\n"
        )
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }

    @Test("zones that nothing strikes, and disks of chat servers that keep no log, are errors")
    func inert() {
        let zones = Texts.errors(in: Texts.least + "system: { zones: 2 }\n")
        #expect(zones.count == 1 && zones[0].contains("`zones` would have no effect"), "\(zones)")
        let log = Texts.errors(in: Texts.least + "faults: [ { at: 1s, for: 1s, full_disk: chat_server.1 } ]\n")
        #expect(log.count == 1 && log[0].contains("chat servers that keep a log"), "\(log)")
        let polled = Texts.errors(
            in: Texts.least
                + "system: { connection: { model: poll } }\nfaults: [ { at: 1s, reconnect_storm: chat_server.1 } ]\n")
        #expect(polled.count == 1 && polled[0].contains("model: websocket"), "\(polled)")
    }

    @Test("writes are not lost from before an earlier crash")
    func overlap() {
        let errors = Texts.errors(
            in: Texts.least
                + "faults: [ { at: 1s, for: 1s, crash: storage.1 }, { at: 3s, crash: { servers: storage.1, lost_writes: 2s } } ]\n"
        )
        #expect(errors.count == 1 && errors[0].contains("down at that time"), "\(errors)")
    }
}
