import Language
import Testing

@testable import Scenario

@Suite("Overrides")
struct OverrideTests {
    private func load(_ overrides: String...) throws -> Scenario {
        try Scenario.load(text: Texts.least, file: "f", overrides: overrides.compactMap { Override($0) })
    }

    @Test("a key is changed, or added with its sections")
    func sets() throws {
        #expect(try load("seed=5").seed == 5)
        #expect(try load("system.chat_servers.count=4").system.chatServers.count == 4)
        #expect(try load("network.last_mile.latency=5ms").network.lastMile.latencyNanoseconds == .constant(5_000_000))
        #expect(try load("clocks.chat_server.1={ offset: 1s }", "clocks.chat_server.1.offset=2s").clocks.count == 1)
        #expect(try load("script.0.at=2s").script[0].timeNanoseconds == 2_000_000_000)
        #expect(try load("users.alice.devices=[phone, tablet]").users[0].devices == ["phone", "tablet"])
    }

    @Test("what it sets must be valid")
    func invalid() {
        for text in ["sed=5", "seed=x", "script.7.at=2s", "seed.x=1", "seed=&a 1", "duration="] {
            #expect(throws: DocumentErrors.self, "\(text)") { _ = try load(text) }
        }
    }

    @Test("what has no path or no value is none", arguments: ["seed", "=5", "a..b=1", ".a=1"])
    func malformed(text: String) {
        #expect(Override(text) == nil)
    }
}

@Suite("Pinning a digest")
struct DigestPinTests {
    private let digest = "fedcba9876543210"

    @Test("a digest is replaced and nothing else is touched")
    func replaces() {
        let pinned = DigestPin.pin(digest, in: Texts.everything)
        #expect(pinned == Texts.everything.replacing("0123456789abcdef", with: digest))
    }

    @Test("a digest is added to the section, or with it")
    func adds() throws {
        #expect(DigestPin.pin(digest, in: Texts.least) == Texts.least + "expect:\n  digest: \(digest)\n")
        let section = Texts.least + "expect:\n  # why\n  no_loss: held\n"
        let pinned = try #require(DigestPin.pin(digest, in: section))
        #expect(try Scenario.load(text: pinned, file: "f").expectations.digest == digest)
        #expect(pinned.contains("# why\n  digest: \(digest)\n  no_loss: held\n"))
    }

    @Test("a quoted digest is replaced with its quotes")
    func quoted() {
        let text = Texts.least + "expect: { digest: \"0123456789abcdef\" } # end\n"
        #expect(DigestPin.pin(digest, in: text) == Texts.least + "expect: { digest: \(digest) } # end\n")
    }

    @Test("pinning twice is pinning once", arguments: Texts.files.map(\.text))
    func idempotent(text: String) {
        let once = DigestPin.pin(digest, in: text)
        #expect(once != nil && once.flatMap { DigestPin.pin(digest, in: $0) } == once)
    }
}
