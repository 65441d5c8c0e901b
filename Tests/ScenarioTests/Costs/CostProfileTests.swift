import Language
import Testing

@testable import Scenario

@Suite("Cost profiles")
struct CostProfileTests {
    private func errors(in text: String) -> [String] {
        do {
            _ = try CostProfile.load(text: text, file: "costs.yaml")
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    private let text = """
        confab_costs: 1
        source: a load test of May
        costs:
          chat_server: { submit: 2.1us, forward: 1400ns }
          cache: { put: 900ns }

        """

    @Test("a profile says where its costs come from, and what handling costs")
    func load() throws {
        let profile = try CostProfile.load(text: text, file: "costs.yaml")
        #expect(profile.source == "a load test of May")
        #expect(profile.nanoseconds(of: "submit", on: .chatServer) == 2100)
        #expect(profile.nanoseconds(of: "put", on: .cache) == 900)
        #expect(profile.nanoseconds(of: "put", on: .storage) == nil)
    }

    @Test("a profile that is written is read as it was, in the order of tiers and kinds")
    func roundTrip() throws {
        let entries = [
            CostProfile.Entry(tier: .storage, kind: "put", nanoseconds: 3120, comment: "12 handled"),
            CostProfile.Entry(tier: .chatServer, kind: "timer", nanoseconds: 1, comment: ""),
            CostProfile.Entry(tier: .chatServer, kind: "submit", nanoseconds: 10_000_000_000, comment: "# and: more"),
        ]
        let source = "measured: \"a\" machine, 100 % # of 'it'"
        let text = CostProfile.text(source: source, remarks: ["What it is.", ""], entries: entries)
        #expect(text.hasPrefix(CostProfile.signature))
        let profile = try CostProfile.load(text: text, file: "costs.yaml")
        #expect(profile.source == source)
        #expect(
            profile.costs.costs.map { "\($0.tier.rawValue).\($0.kind) \($0.nanoseconds)" }
                == ["chat_server.submit 10000000000", "chat_server.timer 1", "storage.put 3120"])
    }

    @Test("a text is told to be a profile by its first key, right or wrong")
    func isProfile() {
        #expect(CostProfile.isProfile(text))
        #expect(CostProfile.isProfile("confab_costs: 7\n"))
        #expect(CostProfile.isProfile("confab_costs: [\n"))
        #expect(!CostProfile.isProfile(Texts.least))
        #expect(!CostProfile.isProfile(""))
    }

    @Test("everything that is wrong is named with its file and place")
    func wrong() {
        #expect(
            errors(in: "confab_costs: 1\nsource: s\ncosts:\n  chat_server: { submitt: 1us }\n")
                == ["costs.yaml:4:18: error: unknown key `submitt`; did you mean `submit`?"])
        #expect(
            errors(in: "confab_costs: 1\nsource: s\ncosts: {}\n")
                == ["costs.yaml:1:1: error: a profile gives the cost of at least one kind"])
        #expect(
            errors(in: "confab_costs: 2\nsource: s\ncosts: { storage: { put: 1us } }\n")
                == ["costs.yaml:1:15: error: 2 is out of range: 1 to 1"])
        #expect(
            errors(in: "confab: 1\nname: a scenario\n").contains {
                $0.hasPrefix("costs.yaml:1:1: error: the key `confab_costs` is missing")
            })
        #expect(errors(in: "").count == 1)
        #expect(errors(in: "confab_costs: 1\nsource: s\ncosts: { storage: { put: 1 } }\n")[0].contains("has no unit"))
    }

    @Test("a plan takes over what is made of what the profile gives, with its source, and nothing else")
    func planOverrides() throws {
        let text = """
            confab_costs: 1
            source: a load test of May
            costs:
              chat_server: { submit: 2us, forwarded: 300ns, put_done: 400ns, forward: 1us, open: 9us, poll: 0ns }
              load_balancer: { resolve: 30ns }

            """
        let profile = try CostProfile.load(text: text, file: "costs.yaml")
        let overrides = profile.planOverrides(file: "costs.yaml")
        #expect(
            overrides.map(\.text) == [
                "costs.cpu_per_send=2700ns", "costs.cpu_per_delivery=1400ns", "costs.cpu_per_request=1ns",
                "costs.cpu_per_lookup=30ns",
            ])
        #expect(
            overrides[0].source == "costs.yaml, submit + forwarded + put_done of a chat server: a load test of May")
    }

    @Test("a scenario takes over what it has a use for, in place of what it says itself; the rest is left out")
    func overrides() throws {
        let profile = try CostProfile.load(text: text, file: "costs.yaml")
        func costs(_ more: String, with set: [Override] = []) throws -> [String] {
            let file = Texts.least + more
            let plain = try Scenario.load(text: file, file: "f", overrides: set)
            let changed = try Scenario.load(text: file, file: "f", overrides: profile.overrides(for: plain) + set)
            return changed.system.costs.costs.map { "\($0.tier.rawValue).\($0.kind) \($0.nanoseconds)" }
        }
        #expect(try costs("") == ["chat_server.submit 2100"])
        #expect(
            try costs("system: { chat_servers: { count: 2 }, cache: { servers: 2 } }\n")
                == ["chat_server.submit 2100", "chat_server.forward 1400", "cache.put 900"])
        #expect(
            try costs("system: { costs: { chat_server: { submit: 9us, close: 8us } } }\n")
                == ["chat_server.close 8000", "chat_server.submit 2100"])
        let set = try #require(Override("system.costs.chat_server.submit=7us"))
        #expect(try costs("", with: [set]) == ["chat_server.submit 7000"])
        let larger = try #require(Override("system.chat_servers.count=3"))
        #expect(try costs("", with: [larger]) == ["chat_server.submit 2100", "chat_server.forward 1400"])
    }
}
