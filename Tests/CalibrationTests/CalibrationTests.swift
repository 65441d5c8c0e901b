import Reporting
import Scenario
import Synchronization
import Testing

@testable import Calibration

@Suite("Calibration")
struct CalibrationTests {
    /// A clock that is later by seven nanoseconds each time that it is read.
    private final class SteppingClock: Sendable {
        private let reading = Atomic<UInt64>(0)

        func read() -> UInt64 { reading.add(7, ordering: .relaxed).newValue }
    }

    private static func calibration() throws -> Calibration {
        let clock = SteppingClock()
        return try Calibration(size: 2) { clock.read() }
    }

    /// What the least number of rounds comes to. Several tests look at it, and it happens once.
    private static let result = Result {
        try #require(try calibration().run(forNanoseconds: 0))
    }

    @Test("the worlds are valid scenarios, small and large", arguments: [1, 100, 1000])
    func worlds(size: Int) throws {
        let worlds = CalibrationWorld.all(size: size)
        #expect(Set(worlds.map(\.name)).count == worlds.count)
        for world in worlds { _ = try world.scenario() }
    }

    @Test("every tier is measured, and what cannot be is named")
    func coverage() throws {
        let result = try Self.result.get()
        #expect(result.roundCount == Calibration.rounds.lowerBound)
        #expect(Set(result.rows.map(\.tier)) == Set(TierName.allCases.map(\.rawValue)))
        let names = result.rows.map { "\($0.tier).\($0.kind)" }
        for name in [
            "chat_server.submit", "chat_server.forward", "chat_server.presence_pull", "chat_server.groups_deliver",
            "chat_server.poll", "chat_server.log_synced", "storage.put", "storage.balancing_claim",
            "storage.sharding_append", "storage.file_written", "cache.cache_recent", "data_node.replication_store",
            "object_store.media_upload",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(Set(names).isDisjoint(with: result.notMeasured))
        #expect(names.count + result.notMeasured.count == CostModel.allNames.count)
    }

    @Test("reading the clock is subtracted, and what has a published cost is held against it")
    func figures() throws {
        let result = try Self.result.get()
        // Whatever is measured by this clock takes as long as reading it.
        #expect(result.clockNanoseconds == 7)
        #expect(result.rows.allSatisfy { $0.meanNanoseconds == 0 && $0.p99Nanoseconds == 0 && $0.spread == 0 })
        #expect(result.interruptedShare == 0)
        func published(_ tier: String, _ kind: String) -> UInt64? {
            result.rows.first { $0.tier == tier && $0.kind == kind }?.publishedNanoseconds
        }
        #expect(published("chat_server", "submit") == 64_000)
        #expect(published("chat_server", "open") == 3_000_000)
        #expect(published("chat_server", "timer") == 0)
        #expect(published("load_balancer", "resolve") == 20_000)
        #expect(published("storage", "put") == 50_000)
    }

    @Test("a message between two users is handled by chat servers and the storage several times, by nobody else")
    func perMessage() throws {
        let result = try Self.result.get()
        #expect(result.perMessage.map(\.tier) == ["chat_server", "storage"])
        let chat = try #require(result.perMessage.first)
        // Submit, forward and its answer, and what the storage answers for both mailboxes; time-outs that nobody awaits are no events.
        #expect((4...15).contains(chat.handled))
        #expect(chat.publishedNanoseconds > 4 * 64_000 && chat.publishedNanoseconds < 15 * 64_000)
    }

    @Test("the profile holds every row, and is read as it was written")
    func profile() throws {
        let result = try Self.result.get()
        let profile = try CostProfile.load(text: result.profile(source: "a test"), file: "costs.yaml")
        #expect(profile.source == "a test")
        #expect(profile.costs.costs.count == result.rows.count)
    }

    @Test("it goes on for as long as it has, in whole rounds, and stops when it is told to")
    func rounds() throws {
        // By this clock a round takes the same time whenever it is run, so that half as many again have room in half as much time again.
        let result = try Self.result.get()
        let more = try #require(
            try Self.calibration().run(forNanoseconds: result.tookNanoseconds * 3 / 2))
        #expect(more.roundCount == 5)
        var count = 0
        let stopped = try Self.calibration().run(forNanoseconds: 0) { progress in
            #expect(progress.round == 0 && progress.worldsDone == count + 1)
            count += 1
            return count < 3
        }
        #expect(stopped == nil && count == 3)
    }
}
