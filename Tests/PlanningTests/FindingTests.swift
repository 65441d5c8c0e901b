import Plan
import Planning
import Reporting
import Testing

@Suite("Findings")
struct FindingTests {
    /// A finding, a change of the classic plan with which it is there, and one with which it is not.
    struct Case: Sendable, CustomTestStringConvertible {
        let identifier: String
        let with: [String]
        let without: [String]

        init(_ identifier: String, with: [String] = [], without: [String]) {
            self.identifier = identifier
            self.with = with
            self.without = without
        }

        var testDescription: String { identifier }
    }

    static let cases = [
        Case("message-size", without: ["demand.messages.stored=2MB"]),
        Case("media-above-text", without: ["demand.media.share=0.01%"]),
        Case("presence-above-chat", without: ["policies.presence.scheme=viewport_poll"]),
        Case("polling-above-chat", with: ["policies.transport.kind=long_poll"], without: []),
        Case("group-fan-out", with: ["demand.largest_group=30_000"], without: ["demand.largest_group=10_000"]),
        Case("no-headroom", without: ["demand.users.now=20_000"]),
        Case("zone-loss", with: ["policies.chat_servers.survive_zone_loss=off"], without: []),
        Case(
            "holiday", with: ["demand.peak.holiday=40", "costs.writes_per_storage_server=3_000"],
            without: ["demand.peak.holiday=1"]),
        Case("reconnect-slow", with: ["objectives.reconnect=5s"], without: []),
        Case("acknowledged-at-risk", without: ["policies.acknowledge=after_store"]),
        Case("retry-storm", with: ["policies.retry.layers=3", "policies.retry.attempts=4"], without: []),
        Case("full-shards", without: ["policies.storage.logical_shards=2_000"]),
        Case("mailbox-copies", without: ["policies.storage.mailboxes=per_user"]),
        Case("scattered-pages", with: ["policies.storage.partition_by=message_id"], without: []),
        Case("flush-by-age", without: ["policies.storage.flush_interval=10d"]),
        Case(
            "code-less-available", with: ["policies.storage.redundancy={ data_fragments: 6, parity_fragments: 3 }"],
            without: ["policies.storage.redundancy={ data_fragments: 10, parity_fragments: 4 }"]),
        Case(
            "too-few-shards", with: ["policies.storage.logical_shards=20", "policies.storage.shard_size=200TB"],
            without: []),
        Case("slow-moves", with: ["policies.storage.copy_bandwidth=1MB/s"], without: []),
        Case("durability", without: ["objectives.durability_nines=2"]),
        Case("availability", with: ["objectives.availability=99.99999%"], without: []),
        Case("delivery", with: ["objectives.delivery_median=20ms"], without: []),
    ]

    /// The latencies of the classic plan, for all findings that are not about latency.
    private static let latency = Result {
        let sizing = try Plans.sizing(Plans.classic)
        return LatencySizing(sizing.plan, year: sizing.last)
    }

    private func findings(_ overrides: [String], ownLatency: Bool = false) throws -> [Finding] {
        let plan = try Plans.load(Plans.classic, overrides)
        let sizing = overrides.isEmpty ? try Plans.sizing(Plans.classic) : Sizing(plan)
        return Finding.all(
            sizing, latency: ownLatency ? LatencySizing(plan, year: sizing.last) : try Self.latency.get())
    }

    @Test("is there if the figures warrant it, and not otherwise", arguments: cases)
    func bothWays(example: Case) throws {
        let found = try #require(
            try findings(example.with, ownLatency: example.identifier == "delivery").first {
                $0.identifier == example.identifier
            })
        #expect(!found.title.isEmpty && !found.text.isEmpty && !found.figures.isEmpty)
        #expect(found.figures.allSatisfy { $0.value.isFinite && !$0.formula.isEmpty })
        #expect(try !findings(example.without).contains { $0.identifier == example.identifier })
    }

    @Test("each has a name of its own, the worst come first, and all that there are have a test")
    func order() throws {
        let found = try findings([])
        #expect(Set(found.map(\.identifier)).count == found.count)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.severity >= $1.severity })
        #expect(Set(found.map(\.identifier)).isSubset(of: Set(Self.cases.map(\.identifier))))
    }

    @Test("of the classic design: its own words and figures")
    func classic() throws {
        let found = try findings([])
        func text(_ identifier: String) throws -> String {
            try #require(found.first { $0.identifier == identifier }).text
        }
        #expect(try text("message-size").contains("40 PB/d to 200 PB/d, not 2 TB/d"))
        #expect(try text("no-headroom").contains("10,000 servers") && text("no-headroom").contains("50,863.6"))
        #expect(try text("no-headroom").contains("10,216 servers") && text("no-headroom").contains("15,483 servers"))
        #expect(try text("full-shards").contains("912.5 shards") && text("full-shards").contains("91.3 % full"))
        #expect(try text("acknowledged-at-risk").contains("1,799,769 messages"))
        #expect(try text("mailbox-copies").contains("11.33 PB instead of 3.65 PB"))
        #expect(try text("mailbox-copies").contains("718,750 rows/s"))
        #expect(try text("media-above-text").contains("1.88 PB/d"))
        #expect(try text("flush-by-age").contains("373 regions") && text("flush-by-age").contains("would take 25 d"))
    }
}
