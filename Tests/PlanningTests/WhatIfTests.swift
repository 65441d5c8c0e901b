import Language
import Plan
import Planning
import Testing

@Suite("What if")
struct WhatIfTests {
    /// One year is enough to compare, and saves time.
    private static func classic() throws -> Plan { try Plans.load(Plans.classic, ["objectives.years=1"]) }

    private static let alternatives = Result { Alternatives.all(try classic()) }

    @Test("the numbers that move the cost most come first, each moved by a fifth or over its range")
    func tornado() throws {
        let sizing = Sizing(try Self.classic())
        let tornado = Sensitivity(sizing)
        #expect(tornado.baseline == sizing.last.cost.perYear && tornado.entries.count > 10)
        #expect(zip(tornado.entries, tornado.entries.dropFirst()).allSatisfy { $0.swing >= $1.swing })
        let users = try #require(tornado.entries.first { $0.key.key == "demand.users.now" })
        #expect(users.low == 400e6 && users.high == 600e6 && !users.isRange)
        let size = try #require(tornado.entries.first { $0.key.key == "demand.media.size" })
        #expect(size.low == 200e3 && size.high == 10e6 && size.isRange && tornado.entries.first == size)
        #expect(users.lowResult < tornado.baseline.value && tornado.baseline.value < users.highResult)
    }

    @Test("a number is not moved beyond its limits, and what moves nothing is not listed")
    func limits() throws {
        let tornado = Sensitivity(Sizing(try Self.classic())) { $0.last.chatServers.servers }
        let share = try #require(tornado.entries.first { $0.key.key == "demand.concurrent_share" })
        #expect(share.low == 0.8 && share.high == 1 && share.highResult == tornado.baseline.value)
        #expect(!tornado.entries.contains { $0.key.key.hasPrefix("prices.") || $0.key.key == "demand.messages.stored" })
    }

    @Test("a sweep sizes the plan with each value of a key")
    func sweep() throws {
        let wish = try #require(Sweep.Wish("policies.chat_servers.connections_each=25_000,50_000,1_000_000"))
        let sweep = try Sweep(Self.classic(), wish)
        #expect(sweep.variants.map(\.name) == ["25_000", "50_000", "1_000_000"])
        #expect(sweep.variants.map { $0.sizing.last.chatServers.steps[0].value } == [20_000, 10_000, 500])
        let bad = try #require(Sweep.Wish("policies.chat_servers.connections_each=25_000,many"))
        #expect(throws: DocumentErrors.self) { try Sweep(Self.classic(), bad) }
    }

    @Test(
        "a wish has a key and values, which may have commas in brackets and quotes",
        arguments: [
            ("a.b=1,2", ["1", "2"]), ("a={ k: 6, m: 3 },{ copies: 3 }", ["{ k: 6, m: 3 }", "{ copies: 3 }"]),
            ("a=[1, 2],'x, y'", ["[1, 2]", "'x, y'"]), ("a=1", ["1"]),
        ] as [(String, [String])])
    func wishes(text: String, values: [String]) {
        #expect(Sweep.Wish(text)?.values == values)
    }

    @Test("what is no wish is none", arguments: ["a", "=1", "a=", "a=1,,2", "a=1,"])
    func noWishes(text: String) {
        #expect(Sweep.Wish(text) == nil)
    }

    @Test("alternatives put the plan's own way first, and every other way once")
    func alternatives() throws {
        let all = try Self.alternatives.get()
        #expect(all.map(\.identifier) == ["transport", "redundancy", "cache", "presence", "acknowledge", "mailboxes"])
        #expect(all.map(\.variants.count) == [3, 3, 2, 6, 3, 2])
        #expect(all.allSatisfy { $0.variants[0].name == "as planned" })
        let names = Set(all.flatMap(\.variants).map { $0.results.map(\.name) })
        #expect(names.count == 1, "all are compared by the same")
    }

    @Test("long polls cost bytes, a code saves disks, and a cache saves reads")
    func differences() throws {
        let all = try Self.alternatives.get()
        func result(_ choice: Int, _ variant: Int, _ name: String) -> Double? {
            all[choice].variants[variant].results.first { $0.name == name }?.figure?.value
        }
        let bytes = try (0...1).map { try #require(result(0, $0, "bytes to clients, peak")) }
        // Half of the 26.7 GB/s are answers.
        #expect(near(bytes[1] - bytes[0], 13.3e9, within: 0.05e9))
        let raw = try (0...2).map { try #require(result(1, $0, "bytes stored with all copies")) }
        #expect(near(raw[1] / raw[0], 0.5, within: 1e-9) && near(raw[2] / raw[0], 1.4 / 3, within: 1e-9))
        let reads = try (0...1).map { try #require(result(2, $0, "pages read from the storage, peak")) }
        #expect(near(reads[1] / reads[0], 50, relative: 1e-9), "98 % are answered by the cache")
        #expect(result(2, 1, "cache servers") == nil)
    }
}
