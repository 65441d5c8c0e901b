import Testing

@testable import Scenario

@Suite("Media in scenarios")
struct MediaModelTests {
    private func text(
        media: String = "{}", step: String = "{ at: 2s, alice: { send: M2, to: bob, size: 1MiB } }", more: String = ""
    ) -> String {
        Texts.least + "  - \(step)\nsystem: { media: \(media) }\n" + more
    }

    @Test("every key arrives where it belongs")
    func keys() throws {
        let media = try #require(
            Scenario.load(
                text: text(
                    media:
                        "{ inline_max: 1KiB, object_stores: 3, cores: 2, cpu_per_request: 9us, log_sync: 2ms, disk_rate: 5MB/s, "
                        + "confirm: before_sync, transfers: 7, timeout: 4s, retry: { first: 3s, attempts: 2 } }"),
                file: "f"
            ).system.media)
        #expect(media.inlineBytesMax == 1024 && media.tier.count == 3 && media.tier.cores == 2)
        #expect(media.tier.messageNanoseconds == 9000 && media.tier.logSyncNanoseconds == .constant(2_000_000))
        #expect(media.diskBytesPerSecond == 5_000_000 && media.confirmsBeforeSync && media.transfersMax == 7)
        #expect(media.timeoutNanoseconds == 4_000_000_000)
        #expect(media.retry.firstNanoseconds == 3_000_000_000 && media.retry.attemptsMax == 2)
    }

    @Test("without the section there are no object stores")
    func off() throws {
        #expect(try Scenario.load(text: Texts.least, file: "f").system.media == nil)
    }

    @Test("a population has messages with media")
    func population() throws {
        let more =
            "populations: { town: { users: 5, sends: 1/min, media: { share: 20%, size: { uniform: { from: 1MiB, to: 2MiB } } } } }\n"
        let scenario = try Scenario.load(text: Texts.least + more, file: "f")
        let media = try #require(scenario.populations[0].media)
        #expect(media.sharePartsPerBillion == 200_000_000)
        #expect(media.bytes == .uniform(from: 1 << 20, to: 2 << 20))
    }

    @Test("object stores to which nobody can send anything are refused")
    func inert() {
        let small = "{ at: 2s, alice: { send: M2, to: bob, size: 64KiB } }"
        #expect(
            Texts.errors(in: text(step: small))
                == ["10:18 `media` would have no effect: nobody sends more than `inline_max`, 65536 bytes"])
        #expect(Texts.errors(in: text(media: "{ inline_max: 65535B }", step: small)).isEmpty)
    }

    @Test(
        "a population counts by the largest that it may send",
        arguments: [
            ("message_size: 65536B", false), ("message_size: 65537B", true),
            ("message_size: { uniform: { from: 1B, to: 65536B } }", false),
            ("message_size: { lognormal: { median: 1kB, p99: 9kB } }", true),
            ("media: { share: 1%, size: 65537B }", true), ("media: { share: 1%, size: 9kB }", false),
        ])
    func populationSizes(key: String, isUsed: Bool) {
        let more = "populations: { town: { users: 5, sends: 1/min, \(key) } }\n"
        #expect(Texts.errors(in: text(step: "{ at: 2s, bob: disconnect }", more: more)).isEmpty == isUsed)
    }

    @Test(
        "what is wrong is said where it stands",
        arguments: [
            ("{ object_stores: 0 }", "[]", "0"), ("{ inline_max: 64 }", "[]", "`64` has no unit"),
            ("{ confirm: later }", "[]", "later"), ("{ tranfers: 3 }", "[]", "did you mean `transfers`"),
            ("{ retry: { first: 2min } }", "[]", "`max` is below `first`"),
            ("{}", "[{ at: 3s, crash: object_store.2 }]", "there are `object_store.1` to `object_store.1`"),
            (
                "{}", "[{ at: 3s, clock: { servers: object_store.1, forward: 3s } }]",
                "an object store does not look at its clock"
            ),
        ])
    func refused(media: String, faults: String, message: String) {
        let errors = Texts.errors(in: text(media: media, more: "faults: \(faults)\n"))
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }

    @Test("an object store is named in faults like any server, if there is one")
    func faults() throws {
        let faults = """
            faults:
              - { at: 3s, crash: object_store.2, for: 1s }
              - { at: 5s, for: 1s, partition: { between: alice, and: "object_store.*" } }
              - { at: 7s, for: 1s, pause: "object_store.*" }

            """
        let scenario = try Scenario.load(text: text(media: "{ object_stores: 2 }", more: faults), file: "f")
        #expect(
            scenario.faults == [
                .crash(server: .objectStore(1), startNanoseconds: 3_000_000_000, endNanoseconds: 4_000_000_000),
                .link(
                    sources: [.user(0)], targets: [.objectStores], bothWays: true,
                    trouble: .loss(partsPerBillion: 1_000_000_000), startNanoseconds: 5_000_000_000,
                    endNanoseconds: 6_000_000_000),
                .host(
                    server: .objectStore(0), trouble: .pause, startNanoseconds: 7_000_000_000,
                    endNanoseconds: 8_000_000_000),
                .host(
                    server: .objectStore(1), trouble: .pause, startNanoseconds: 7_000_000_000,
                    endNanoseconds: 8_000_000_000),
            ])
        let without = Texts.errors(in: Texts.least + "faults: [{ at: 3s, crash: object_store.1 }]\n")
        #expect(without == ["9:27 there is no object store, since `system` has no `media`"])
    }
}
