import Foundation
import Plan
import Testing

@testable import Planning

@Suite("Latency by formula")
struct LatencySizingTests {
    private func latency(_ name: String, _ overrides: String...) throws -> LatencySizing {
        let plan = try Plans.load(name, overrides)
        return LatencySizing(plan, year: Sizing(plan).last)
    }

    @Test("one lognormal part has its own percentiles, within a step of the grid")
    func one() {
        let law = LatencyDistribution(sumOf: [.lognormal(median: 0.03, sigma: 0.6)])
        #expect(near(law.percentile(50), 0.03, within: 2e-4))
        #expect(near(law.percentile(99), 0.03 * exp(0.6 * 2.326_348), relative: 0.003))
        #expect(near(law.mean, 0.03 * exp(0.18), relative: 1e-12))
    }

    @Test("the sum of two exponential waits has the law of Erlang")
    func erlang() {
        // 1 - (1 + x) e^-x is 0.5 at 1.67835 and 0.99 at 6.63835.
        let law = LatencyDistribution(sumOf: [.wait(probability: 1, mean: 1), .wait(probability: 1, mean: 1)])
        #expect(near(law.percentile(50), 1.678_35, relative: 0.005))
        #expect(near(law.percentile(99), 6.638_35, relative: 0.005))
    }

    @Test("short parts beside long ones keep their share of the mean")
    func short() {
        let long = LatencyDistribution(sumOf: [.uniform(1)])
        let both = LatencyDistribution(sumOf: [.uniform(1), .fixed(1e-4)])
        #expect(near(both.percentile(50) - long.percentile(50), 1e-4, within: 2e-5))
    }

    @Test("a lognormal law has the mean and the 99th percentile that it is given")
    func fitted() {
        let law = LatencyLaw.lognormal(mean: 0.004, p99: 0.02)
        #expect(near(law.mean, 0.004, relative: 1e-9))
        #expect(near(LatencyDistribution(sumOf: [law]).percentile(99), 0.02, relative: 0.005))
    }

    @Test("the classic design delivers in two half round trips and little more")
    func classic() throws {
        let delivery = try #require(try latency(Plans.classic).delivery)
        // The median of the sum of two lognormal halves is above the sum of their medians and below that of their means.
        let median = try #require(delivery.percentile(50)).value
        #expect(median > 0.060 && median < 2 * 0.03 * exp(0.18) + 0.001)
        #expect(try #require(delivery.percentile(99)).value < 0.3)
        #expect(delivery.parts.map(\.name).first == "from the sender to a server" && delivery.parts.count == 7)
        #expect(
            zip(delivery.percentiles, delivery.percentiles.dropFirst()).allSatisfy {
                $0.seconds.value <= $1.seconds.value
            })
    }

    @Test("an acknowledgement after a log or after the storage takes longer than one after receipt")
    func acknowledgement() throws {
        let means = try ["after_receive", "after_log", "after_store"].map { policy in
            try #require(try latency(Plans.startUp, "policies.acknowledge=\(policy)").acknowledgement).mean.value
        }
        #expect(near(means[1] - means[0], 500e-6, within: 1e-6), "a sync of the log")
        #expect(means[2] - means[0] > 0.004, "a write and a round trip")
    }

    @Test("a poll waits for half a period on average")
    func poll() throws {
        let push = try #require(try latency(Plans.classic).delivery).mean.value
        let poll = try #require(
            try latency(Plans.classic, "policies.transport={ kind: poll, period: 10s }").delivery
        ).mean.value
        #expect(near(poll - push, 5, within: 0.05))
    }

    @Test("busier cores wait longer, as the formula of Allen and Cunneen says")
    func busy() throws {
        let idle = try latency(Plans.classic)
        let busy = try latency(
            Plans.classic, "hardware.chat_server.cores=1", "costs.cpu_per_delivery=9ms",
            "objectives.utilisation.cpu=80%", "policies.presence.scheme=viewport_poll")
        let waits = try [idle, busy].map { latency in
            try #require(latency.delivery?.parts.first { $0.name == "waiting for a core" }).mean.value
        }
        #expect(waits[1] > waits[0] && busy.chatServerUse.value > idle.chatServerUse.value)
    }
}
