import Experiment
import Foundation
import Language
import Scenario
import Testing

@Suite("Estimate of what a run takes")
struct ResourceEstimateTests {
    private func estimate(_ overrides: String...) throws -> ResourceEstimate {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("scenarios/full-scale.yaml"), encoding: .utf8)
        return ResourceEstimate(
            of: try Scenario.load(text: text, file: "full-scale.yaml", overrides: overrides.compactMap { Override($0) })
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
}
