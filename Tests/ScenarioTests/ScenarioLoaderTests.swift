import Language
import Testing

@testable import Scenario

@Suite("Reading scenarios")
struct ScenarioLoaderTests {
    @Test("defaults are what the documentation of each key says")
    func defaults() throws {
        let scenario = try Scenario.load(text: Texts.least, file: "f")
        #expect(scenario.seed == 1 && scenario.settleNanoseconds == 5_000_000_000)
        #expect(scenario.system.chatServers.count == 1 && scenario.system.connectionsEach == 50_000)
        #expect(scenario.system.acknowledge == .afterReceive && scenario.system.sequencing == .serverTimestamp)
        #expect(
            scenario.network.lastMile.latencyNanoseconds
                == .lognormal(median: 30_000_000, p99: 120_000_000, atLeast: 1_000_000))
        #expect(scenario.system.clientRetry.attemptsMax == 8 && scenario.system.clientInFlightMax == 1)
        #expect(scenario.system.storePath.retry.attemptsMax == 0)
        #expect(scenario.system.storePath.writer == .asynchronous && scenario.system.cache == nil)
    }

    @Test("for a check, what the file lists for it is changed, and what the caller changes goes before that")
    func checkedWith() throws {
        let text = Texts.least + "\ncheck_with: [seed=3, duration=20s]\n"
        let run = try Scenario.load(text: text, file: "f")
        #expect(run.seed == 1 && run.checkedWith.isEmpty)
        let check = try Scenario.load(text: text, file: "f", isCheck: true)
        #expect(check.seed == 3 && check.durationNanoseconds == 20_000_000_000)
        #expect(check.checkedWith == ["seed=3", "duration=20s"])
        let override = try #require(Override("seed=4"))
        let changed = try Scenario.load(text: text, file: "f", overrides: [override], isCheck: true)
        #expect(changed.seed == 4 && changed.durationNanoseconds == 20_000_000_000)
    }

    @Test("every key arrives where it belongs")
    func everything() throws {
        let scenario = try Scenario.load(text: Texts.everything, file: "f")
        #expect(scenario.durationNanoseconds == 60_000_000_000 && scenario.settleNanoseconds == 7_000_000_000)
        #expect(scenario.system.acknowledge == .afterLog && scenario.system.offline == .notify)
        #expect(scenario.system.balancing == BalancingModel(law: .consistent, isAdmissionControlled: false))
        #expect(scenario.system.chatServers.logSyncNanoseconds == .exponential(mean: 1_000_000, atLeast: 100_000))
        #expect(scenario.system.storePath.retry.factorThousandths == 1500)
        #expect(scenario.system.storePath.writer == .dedicated)
        #expect(scenario.system.storePath.replayPeriodNanoseconds == 700_000_000)
        #expect(scenario.system.storage.count == 3 && scenario.system.sharding?.growth.map(\.serverCount) == [1])
        #expect(scenario.system.sharding?.catchesUp == false && scenario.system.sharding?.forwardsStaleRequests == true)
        #expect(
            scenario.system.replication
                == ReplicationModel(copies: 2, waitsForCopies: false, repairs: false, detectNanoseconds: 2_000_000_000))
        #expect(
            scenario.system.reedSolomon
                == ReedSolomonModel(
                    dataCount: 3, parityCount: 2, dataNodeCount: 7, sealBytes: 2048, scrubNanoseconds: 3_000_000_000,
                    repairs: false, timeoutNanoseconds: 200_000_000))
        #expect(scenario.network.lastMile.lossPartsPerBillion == 5_000_000)
        #expect(scenario.network.lastMile.bytesPerSecond == 625_000)
        #expect(
            scenario.clocks == [
                ClockModel(chatServer: 1, offsetNanoseconds: -200_000_000, driftPartsPerBillion: 50_000)
            ])
        #expect(scenario.users.map(\.startsOnline) == [false, true])
        #expect(scenario.populations[0].sending == .randomly(meanGapNanoseconds: 2_160_000_000_000))
        #expect(
            scenario.populations[1].sending
                == .apart(.weibull(scale: 10_000_000_000, shapeThousandths: 3000, atLeast: 0)))
        #expect(scenario.script.count == 11, "alice has two devices to connect")
        #expect(scenario.system.groups == GroupModel(order: .none, membership: .unordered))
        #expect(scenario.groups == [ListedGroupModel(name: "team", members: [0, 1])])
        #expect(
            scenario.script[4...].map(\.action).filter { $0.message != nil } == [
                .sendToGroup(message: "M2", group: 0, contentBytes: 1024),
                .changeGroup(message: "remove-bob", group: 0, user: 1, adds: false),
                .changeGroup(message: "again", group: 0, user: 1, adds: true),
                .changeGroup(message: "leave-bob", group: 0, user: 1, adds: false),
            ])
        #expect(scenario.users.map(\.friends) == [[1], [0]], "friendship is mutual")
        #expect(scenario.populations[0].friendCount == .lognormal(median: 9, p99: 40, atLeast: 0))
        #expect(scenario.populations[0].sessions?.offlineNanoseconds == .constant(1_200_000_000_000))
        #expect(
            scenario.populations[0].sessions?.onlineNanoseconds
                == .weibull(scale: 300_000_000_000, shapeThousandths: 500, atLeast: 0))
        let presence = scenario.system.presence
        #expect(presence.scheme == .optimised && !presence.pullsOnStart && !presence.pullsOnNewChat)
        #expect(!presence.marksOfflineOnFailure && presence.delaysBroadcast && presence.pullsViewport)
        #expect(presence.broadcastDelayNanoseconds == 3_000_000_000)
        #expect(presence.viewportSize == 10 && presence.viewportPeriodNanoseconds == 20_000_000_000)
        #expect(scenario.script[2].action == .send(message: "M1", to: 1, contentBytes: 2048))
        #expect(
            scenario.faults[1] == .crash(server: .storage(1), startNanoseconds: 4_000_000_000, endNanoseconds: nil))
        guard
            case .link(let sources, let targets, false, .loss(1_000_000_000), _, 6_000_000_000) = scenario.faults[2]
        else {
            Issue.record("the partition is not what it should be: \(scenario.faults[2])")
            return
        }
        #expect(sources == [.user(0), .device(user: 1, device: 0)] && targets == [.chatServers])
        #expect(scenario.expectations.digest == "0123456789abcdef")
        #expect(scenario.expectations.verdicts.map(\.name) == ExpectationModel.invariantNames)
    }

    @Test("chat servers are watched only where users of one that is down go to others")
    func failover() throws {
        func text(_ keys: String) -> String {
            Texts.least.replacing("users:", with: "system: { chat_servers: { count: 3, \(keys) } }\nusers:")
        }
        let scenario = try Scenario.load(
            text: text("balancing: least_loaded_of_two, failover: on, health_check: { period: 2s, timeout: 7s }"),
            file: "f")
        #expect(
            scenario.system.balancing
                == BalancingModel(
                    law: .leastLoadedOfTwo, isAdmissionControlled: true,
                    healthChecks: BalancingModel.HealthChecks(
                        periodNanoseconds: 2_000_000_000, timeoutNanoseconds: 7_000_000_000)))
        for (keys, complaint) in [
            ("health_check: { period: 1s }", "`health_check` would have no effect"),
            ("balancing: least_loaded_of_two", "`least_loaded_of_two` needs `failover: on`"),
            ("failover: on, health_check: { period: 3s, timeout: 3s }", "must be longer than their `period`"),
        ] {
            #expect(Texts.errors(in: text(keys)).contains { $0.contains(complaint) }, "\(keys)")
        }
    }

    @Test("every key of the cache arrives, with what is read from it and what goes wrong with it")
    func cache() throws {
        let text = Texts.least.replacing(
            "script:",
            with: """
                system:
                  cache: { servers: 3, cores: 2, cpu_per_request: 30us, entries_each: 500, lock: off, confirm: before_database }
                faults:
                  - { at: 3s, crash: cache.3, for: 1s }
                  - { at: 4s, for: 1s, loss: { between: "cache.*", and: storage.1, ratio: 20% } }
                script:
                  - { at: 2s, bob: read_recent }
                """)
        let scenario = try Scenario.load(text: text, file: "f")
        let cache = scenario.system.cache
        #expect(cache?.tier.count == 3 && cache?.tier.cores == 2 && cache?.tier.messageNanoseconds == 30_000)
        #expect(cache?.entriesEach == 500 && cache?.isLocking == false && cache?.confirmsBeforeDatabase == true)
        #expect(scenario.script.count { $0.action == .readRecent } == 2, "bob has two devices")
        #expect(
            scenario.faults.first
                == .crash(server: .cache(2), startNanoseconds: 3_000_000_000, endNanoseconds: 4_000_000_000))
        guard
            case .link([.cacheServers], [.server(.storage(0))], true, .loss(200_000_000), _, _)? = scenario.faults.last
        else {
            Issue.record("the loss is not what it should be: \(scenario.faults)")
            return
        }
    }

    @Test("every file of the repository is valid")
    func files() throws {
        let files = Texts.files
        #expect(files.count >= 9)
        for (name, text) in files { _ = try Scenario.load(text: text, file: name) }
    }

    @Test("a file with three different mistakes gives three located errors")
    func threeMistakes() {
        let text = Texts.least.replacing("duration: 10s", with: "duration: 10")
            .replacing("users:", with: "sed: 4\nusers:").replacing("to: bob", with: "to: bbo")
        #expect(
            Texts.errors(in: text) == [
                "3:11 `10` has no unit; write a duration such as `30ms`, `1.5s` or `2min` "
                    + "(units: ns, us, ms, s, min, h, d)", "4:1 unknown key `sed`; did you mean `seed`?",
                "9:38 there is no user `bbo`; did you mean `bob`?",
            ])
    }

    @Test(
        "each mistake is found where it is",
        arguments: [
            (
                "name: least", "name: least\nname: again",
                "2:1 duplicate key: `name` is given again below, in the same section"
            ),
            ("confab: 1", "confab: 2", "1:9 2 is out of range: 1 to 1"),
            (
                "duration: 10s", "duration: [10s]",
                "3:11 expected a duration such as `30ms`, `1.5s` or `2min`, but this is a list"
            ),
            (
                "duration: 10s", "duration:",
                "3:10 a value is missing; expected a duration such as `30ms`, `1.5s` or `2min`"
            ),
            ("duration: 10s", "duration: 40d", "3:11 `40d` is out of range: at most 30d"),
            (
                "duration: 10s", "duration: 12:30:45",
                "3:11 `:30:45` is not a unit of time; valid are `ns`, `us`, `ms`, `s`, `min`, `h`, `d`"
            ),
            ("at: 1s", "at: 11s", "8:11 the step comes after the end of the run; `duration` is too short for it"),
            ("[phone, laptop]", "[phone, phone]", "6:27 `bob` has the device `phone` twice"),
            ("alice: { send", "alice.tablet: { send", "8:15 `alice` has no device `tablet`; valid are `phone`"),
            (
                "script:", "script:\n  - { at: 1s, bob: connect }",
                "8:15 `bob` is online already; the step would have no effect"
            ),
            (
                "script:", "script:\n  - { at: 1s, bob: read_recent }",
                "8:15 there is nothing to read from: the recent messages and conversations are kept by a `cache`"
            ),
            (
                "script:",
                "system: { cache: { servers: 1 } }\nscript:\n  - { at: 1s, bob: disconnect }\n  - { at: 2s, bob: read_recent }",
                "10:15 `bob` is offline; the step would have no effect"
            ),
            ("send: M1", "sned: M1", "8:24 unknown key `sned`; did you mean `send`?"),
        ])
    func mistakes(old: String, new: String, error: String) {
        let errors = Texts.errors(in: Texts.least.replacing(old, with: new))
        #expect(errors.contains { $0.hasPrefix(error) }, "\(errors)")
    }

    @Test(
        "a key that could have no effect is refused with the reason",
        arguments: [
            ("system: { chat_servers: { log_sync: 1ms } }", "`log_sync` would have no effect"),
            (
                "system: { chat_servers: { acknowledge: after_store }, store_path: { delay: 1s } }",
                "`delay` would have no effect"
            ),
            ("system: { store_path: { replay: off } }", "`replay` would have no effect"),
            ("system: { store_path: { probe: 2s } }", "`probe` would have no effect"),
            (
                "system: { store_path: { retry: { attempts: 3 }, replay: off, probe: 2s } }",
                "`probe` would have no effect: with `replay: off` nothing is replayed"
            ),
            (
                "system: { storage: { compaction: { major_period: 0s, major_jitter: 10% } } }",
                "`major_jitter` would have no effect"
            ), ("system: { storage: { blocking: { files: 2 } } }", "writes would wait for 2 files to become fewer"),
            ("system: { storage: { compaction: { files_max: 2 } } }", "`files_max` is below `files_min`"),
            ("system: { heartbeat: { period: 5s, timeout: 5s } }", "the heartbeat `timeout` must be longer"),
            (
                "network: { last_mile: { latency: { lognormal: { median: 5ms, p99: 1ms } } } }",
                "`p99` is below `median`"
            ),
            ("network: { last_mile: { latency: { normal: { mean: 5ms } } } }", "`normal` is not a distribution"),
            (
                "network: { last_mile: { latency: { constant: 5ms, uniform: { from: 1ms, to: 2ms } } } }",
                "expected exactly one of"
            ),
            ("faults: [{ at: 1s, crash: chat_server.2 }]", "there are `chat_server.1` to `chat_server.1`"),
            ("faults: [{ at: 1s, crash: chat_sever.1 }]", "did you mean `chat_server.1`?"),
            ("faults: [{ at: 1s, partition: { between: alice, and: bob } }]", "the key `for` is missing"),
            ("faults: [{ at: 1s }]", "a fault is exactly one of"),
            ("system: { cache: {} }", "the key `servers` is missing"),
            ("faults: [{ at: 1s, crash: cache.1 }]", "there is no cache server, since `system` has no `cache`"),
            ("system: { cache: { servers: 1 }, sharding: {} }", "cache servers do not follow logical shards"),
            (
                "system: { cache: { servers: 2 } }\nfaults: [{ at: 1s, crash: cache.3 }]",
                "there are `cache.1` to `cache.2`"
            ),
            ("clocks: { storage.1: { offset: 1s } }", "there is no server `storage.1`"),
            ("populations: { alice: { users: 10, sends: 1/s } }", "`alice` is a user as well"),
            ("populations: { Town: { users: 10, sends: 1/s } }", "cannot name a population"),
            ("populations: { town: { users: 10, sends: 1/week } }", "expected a rate such as `40/day`"),
            ("populations: { town: { users: 10 } }", "one of `sends` and `gap` is missing"),
            (
                "populations: { town: { users: 10, sends: 1/s, gap: 1s } }",
                "only one of `sends` and `gap` may say when a user sends"
            ),
            ("populations: { town: { users: 10, gap: 1us } }", "out of range"),
            (
                "populations: { town: { users: 10, gap: { exponential: { mean: 1s, at_least: 2ms } } } }",
                "unknown key `at_least`"
            ),
            ("populations: { town: { users: 9_000_000_000, sends: 1/s } }", "out of range"),
            ("expect: { views: { alice: [M1] } }", "a view belongs to a device"),
            ("expect: { views: { alice.phone: [M9] } }", "no step sends a message `M9`; did you mean `M1`?"),
            ("expect: { digest: 12 }", "a digest has 16 hexadecimal digits"),
            ("expect: { no_los: held }", "did you mean `no_loss`?"),
            ("clocks: { chat_server.1: {} }", "is exact, as it is anyway"),
            ("faults: [{ at: 1s, for: 1s, loss: { between: alice, and: bob, ratio: 0% } }]", "out of range"),
            (
                "faults: [{ at: 1s, for: 3s, crash: chat_server.1 }, { at: 2s, crash: chat_server.1 }]",
                "the server is down at that time already"
            ),
            ("settle: 10s", "`settle` must be shorter than `duration`"),
            ("system: { sharding: { catch_up: off } }", "without `growth` and without copies no shard changes hands"),
            (
                "system: { sharding: { growth: [{ at: 1s, add_storage_servers: 1 }], partition_by: message_id } }",
                "only shards of whole mailboxes move"
            ),
            (
                "system: { storage: { servers: 2, replication: { copies: 2 } }, sharding: { partition_by: message_id } }",
                "only shards of whole mailboxes have copies"
            ),
            ("system: { storage: { replication: { copies: 2 } } }", "2 copies need as many servers; there are 1"),
            (
                "system: { sharding: { growth: [{ at: 10s, add_storage_servers: 1 }] } }",
                "the servers are added after the end of the run"
            ),
            (
                "system: { storage: { servers: 999 }, sharding: { growth: [{ at: 1s, add_storage_servers: 2 }] } }",
                "at most 1000 storage servers"
            ),
            ("faults: [{ at: 1s, crash: data_node.1 }]", "there are no data nodes without `reed_solomon`"),
            ("system: { storage: { replication: {} } }", "needs `copies` or `reed_solomon`"),
            (
                "system: { storage: { replication: { repair: off, reed_solomon: { k: 2, m: 1, data_nodes: 3 } } } }",
                "`repair` would have no effect: there are no `copies`"
            ),
            (
                "system: { storage: { replication: { reed_solomon: { k: 6, m: 3, data_nodes: 8 } } } }",
                "6 + 3 fragments need as many data nodes; there are 8"
            ),
            ("faults: [{ at: 1s, crash: coordinator.1 }]", "there is no coordinator, since no shard changes hands"),
            ("system: on", "expected a section of keys"),
        ])
    func inertAndContradictory(section: String, message: String) {
        let errors = Texts.errors(in: Texts.least + section + "\n")
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }

    @Test("what is not YAML, not text or not modest is refused with its place")
    func notYAML() {
        #expect(Texts.errors(in: "a: [1").first?.contains("this is not YAML") == true)
        #expect(Texts.errors(in: "").first?.contains("the file is empty") == true)
        #expect(Texts.errors(in: Texts.least + "---\na: 1\n").first?.contains("a second one begins here") == true)
        #expect(Texts.errors(in: String(repeating: "[", count: 5000)).isEmpty == false)
        let deep = String(repeating: "[", count: 80) + String(repeating: "]", count: 80)
        #expect(Texts.errors(in: "a: " + deep).first?.contains("more than 64 deep") == true)
        let wide = "a: [" + String(repeating: "1,", count: 210_000) + "1]"
        #expect(Texts.errors(in: wide).first?.contains("more than 200000 values") == true)
        #expect(Texts.errors(in: String(repeating: " ", count: 5 << 20)).first?.contains("larger than 4 MiB") == true)
        #expect(throws: DocumentErrors.self) {
            _ = try Scenario.load(bytes: Array("name: x\nb: \u{e9}".utf8.dropLast()), file: "f")
        }
    }

    @Test("control characters in a file do not reach a message")
    func controlCharacters() {
        let errors = Texts.errors(in: Texts.least + "\"\\e[31mred\": 1\n")
        #expect(errors.count == 1 && !errors[0].unicodeScalars.contains { $0.value < 32 })
    }

    @Test("the schema knows every key, and says nothing about others")
    func schema() {
        let schema = Scenario.jsonSchema()
        for key in [
            "confab", "settle", "connections_each", "cpu_per_connection", "log_sync", "in_flight", "connect_timeout",
            "bandwidth", "at_least", "same_order_for_both_users", "duplicates_suppressed", "message_size", "gap",
        ] {
            #expect(schema.contains("\"\(key)\": {"), "\(key)")
        }
        #expect(schema == Scenario.jsonSchema() && schema.hasSuffix("}\n"))
    }

    @Test("a fault of a share of a tier strikes servers that are evenly spaced, rounded up")
    func shares() throws {
        func struck(_ fault: String) throws -> [FaultModel] {
            try Texts.load(
                Array((Texts.least + "system: { chat_servers: { count: 7 } }\nfaults: [ { at: 1s, \(fault) } ]\n").utf8)
            )
            .get().faults
        }
        func crashes(_ numbers: [UInt32]) -> [FaultModel] {
            numbers.map {
                .crash(server: .chatServer($0), startNanoseconds: 1_000_000_000, endNanoseconds: 3_000_000_000)
            }
        }
        #expect(try struck("crash: { servers: \"chat_server.*\", share: 30% }, for: 2s") == crashes([0, 2, 4]))
        #expect(try struck("crash: [chat_server.7, chat_server.2], for: 2s") == crashes([6, 1]))
        #expect(
            try struck("rolling_restart: { servers: [chat_server.1, chat_server.3], every: 4s, down: 1s }") == [
                .crash(server: .chatServer(0), startNanoseconds: 1_000_000_000, endNanoseconds: 2_000_000_000),
                .crash(server: .chatServer(2), startNanoseconds: 5_000_000_000, endNanoseconds: 6_000_000_000),
            ])
    }

    @Test(
        "a fault says what is wrong with it",
        arguments: [
            ("pause: chat_server.1", "the key `for` is missing: how long the fault lasts"),
            ("clock: { servers: chat_server.1, forward: 1s }, for: 2s", "`for` would have no effect"),
            ("clock: { servers: chat_server.1, forward: 0s }", "is not set"),
            ("pause: chat_server.1, crash: chat_server.1, for: 1s", "this one is 2"),
            ("slow: { servers: chat_server.1, factor: 0.5 }, for: 1s", "expected a number from 1 to 1000"),
            ("crash: { servers: [chat_server.1, \"chat_server.*\"] }", "the server is down at that time already"),
        ])
    func faultErrors(fault: String, message: String) {
        let errors = Texts.errors(in: Texts.least + "faults: [ { at: 1s, \(fault) } ]\n")
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }
}
