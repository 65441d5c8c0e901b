import Experiment
import Foundation
import Language
import Scenario
import Testing

@Suite("Estimate of what a run takes")
struct ResourceEstimateTests {
    private func estimate(of file: String = "full-scale.yaml", _ overrides: String...) throws -> ResourceEstimate {
        try estimate(of: file, overrides)
    }

    private func estimate(of file: String, _ overrides: [String]) throws -> ResourceEstimate {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("scenarios/\(file)"), encoding: .utf8)
        return ResourceEstimate(
            of: try Scenario.load(text: text, file: file, overrides: overrides.compactMap { Override($0) })
        )
    }

    @Test("half a billion connections take 22 bytes each, and fit into 16 GiB with all else")
    func fullScale() throws {
        let estimate = try estimate("duration=2s", "settle=500ms")
        #expect(estimate.connectionCount == 500_000_000 && estimate.messageCount == 347_222)
        let connections = estimate.parts.filter { ["connection tables", "devices at rest"].contains($0.name) }
        #expect(connections.reduce(0) { $0 + $1.bytes } / estimate.connectionCount == 21)
        #expect(estimate.bytes > 11 << 30 && estimate.bytes < 16 << 30)
    }

    @Test("as many connections fit as take the memory that there is")
    func fits() throws {
        let limit: UInt64 = 8 << 30
        let count = try estimate().connectionsThatFit(inBytes: limit)
        let there = try estimate("populations.planet.users=\(count)")
        #expect(there.connectionCount == count)
        #expect(Double(there.bytes) > 0.99 * Double(limit) && Double(there.bytes) < 1.01 * Double(limit))
        #expect(try estimate().connectionsThatFit(inBytes: 1 << 20) == 0)
    }

    @Test("a run that is judged in the end takes more for each message, and heartbeats eight bytes for each connection")
    func choices() throws {
        let plain = try estimate()
        #expect(try estimate("judging=of_whole_run").bytes > plain.bytes)
        let beating = try estimate(
            "judging=of_whole_run", "system.heartbeat.sent=on", "populations.planet.starts=connecting")
        #expect(beating.bytes > 40 * plain.bytes / 2)
    }

    @Test("caches and copies cost events and memory for each message")
    func tiers() throws {
        let plain = try estimate()
        let cached = try estimate("system.cache.servers=1000")
        let copied = try estimate("system.storage.replication.copies=3")
        #expect(plain.eventsPerMessage == 18 && cached.eventsPerMessage == 28 && copied.eventsPerMessage == 44)
        #expect(cached.bytes > plain.bytes && copied.bytes > plain.bytes)
        #expect(cached.worldBytes == plain.worldBytes && copied.runSeconds > 2 * plain.runSeconds)
    }

    @Test(
        "users who come and go, and statuses of friends, take events and memory, by the figures of the hand calculation"
    )
    func presence() throws {
        let second = ["duration=2s", "settle=1s"]
        func estimate(_ file: String, _ overrides: String...) throws -> ResourceEstimate {
            try self.estimate(of: "full-scale/\(file).yaml", second + overrides)
        }
        let naive = try estimate("presence")
        let optimised = try estimate("presence-optimised")
        // 500 million users in sessions of 638 s and a second between come and go 782,000 times a second each, and tell 190 friends.
        #expect((290_000_000...305_000_000).contains(naive.statusCount))
        #expect(Double(naive.sessionEventCount) > 2 * 0.99 * Double(naive.statusCount))
        #expect(optimised.statusCount == naive.statusCount / 2)
        #expect(naive.worldBytes > 12 << 30 && naive.worldBytes < 16 << 30 && naive.runSeconds > 600)
        #expect(try estimate("presence", "duration=3s").statusCount / 2 == naive.statusCount)
        let silent = try estimate("presence-optimised", "system.presence.pull_on_start=off")
        #expect(silent.sessionEventCount < optimised.sessionEventCount - 250_000_000)
        #expect(try self.estimate().statusCount == 0)
    }

    @Test("devices that lose their connections take events and memory, as many as the servers that are lost have")
    func reconnects() throws {
        let plain = try estimate(of: "full-scale/peak.yaml")
        let rolling = try estimate(of: "full-scale/rolling-restart.yaml")
        let zone = try estimate(of: "full-scale/zone-loss.yaml")
        #expect(plain.reconnectCount == 0 && rolling.reconnectCount == 5_000_000)
        #expect(zone.reconnectCount == 500_000_000 * 3334 / 10_000)
        #expect(plain.worldBytes < rolling.worldBytes && rolling.worldBytes < zone.worldBytes)
        #expect(plain.returnCount == 0 && rolling.returnCount == 0 && zone.returnCount == zone.reconnectCount)
    }

    @Test(
        "the loss of a zone takes for each device what was measured; to send all home at once takes far more"
    )
    func zoneLoss() throws {
        let plain = try estimate("duration=119s")
        let lost = try estimate(of: "full-scale/zone-loss.yaml", ["duration=119s"])
        let returned = try estimate(of: "full-scale/zone-loss.yaml", [])
        #expect(lost.returnCount == 0 && lost.worldBytes > plain.worldBytes)
        let perReconnect = (lost.worldBytes - plain.worldBytes) / lost.reconnectCount
        #expect((135...150).contains(perReconnect), "135 were measured with 4.8 million connections")
        #expect((returned.worldBytes - lost.worldBytes) / returned.returnCount == 350)
        #expect(returned.runSeconds > lost.runSeconds)
    }
}
