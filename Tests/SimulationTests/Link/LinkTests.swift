import Simulation
import Testing

@Suite("Link")
struct LinkTests {
    private func link(_ latency: Distribution, loss: UInt64 = 0, bytesPerSecond: UInt64 = 0) -> Link {
        Link(
            latencyNanoseconds: latency, loss: Probability(partsPerBillion: loss), bytesPerSecond: bytesPerSecond)
    }

    @Test("a message takes the latency")
    func latency() {
        var state = Link.State()
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        #expect(link(.constant(30)).transmit(bytes: 100, nowNanoseconds: 5, state: &state, drawing: &stream) == 35)
    }

    @Test("bytes take their time on the wire, one message after another")
    func bandwidth() {
        var state = Link.State()
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        let slow = link(.constant(30), bytesPerSecond: 1_000_000_000)
        #expect(slow.transmit(bytes: 100, nowNanoseconds: 0, state: &state, drawing: &stream) == 130)
        #expect(slow.transmit(bytes: 100, nowNanoseconds: 10, state: &state, drawing: &stream) == 230)
        #expect(link(.constant(0), bytesPerSecond: 3).wireNanoseconds(bytes: 1) == 333_333_334)
    }

    @Test("messages of one connection arrive in the order in which they were sent, whatever the latency")
    func order() {
        for seed: UInt64 in 1...20 {
            var state = Link.State()
            var stream = RandomStream(seed: seed, component: 0, purpose: 0)
            let jittery = link(.lognormal(median: 1000, p99: 50_000), loss: 100_000_000)
            var last: UInt64 = 0
            for step: UInt64 in 0..<500 {
                guard
                    let arrival = jittery.transmit(
                        bytes: 10, nowNanoseconds: step * 100, state: &state, drawing: &stream)
                else { continue }
                #expect(arrival >= last && arrival >= step * 100, "seed \(seed)")
                last = arrival
            }
        }
    }

    @Test("what is lost never arrives, and a link that loses everything loses everything")
    func loss() {
        var state = Link.State()
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        let dead = link(.constant(30), loss: 1_000_000_000)
        #expect(dead.transmit(bytes: 1, nowNanoseconds: 0, state: &state, drawing: &stream) == nil)
        var count = 0
        for step: UInt64 in 0..<10_000
        where link(.constant(1), loss: 200_000_000)
            .transmit(bytes: 1, nowNanoseconds: step, state: &state, drawing: &stream) == nil
        {
            count += 1
        }
        // 2,000 expected, standard deviation 40.
        #expect(abs(count - 2000) < 240, "seed 1")
    }

    @Test("forgetting the state of an idle connection changes nothing")
    func pruning() {
        for seed: UInt64 in 1...50 {
            let kind = link(.uniform(from: 10, to: 500), loss: 50_000_000, bytesPerSecond: 1_000_000_000)
            var kept = Link.State()
            var pruned = Link.State()
            var first = RandomStream(seed: seed, component: 0, purpose: 0)
            var second = first
            var clock = RandomStream(seed: seed, component: 1, purpose: 0)
            var now: UInt64 = 0
            for _ in 0..<300 {
                now += clock.below(800)
                if pruned.isIdle(atNanoseconds: now) { pruned = Link.State() }
                let one = kind.transmit(bytes: 50, nowNanoseconds: now, state: &kept, drawing: &first)
                let other = kind.transmit(bytes: 50, nowNanoseconds: now, state: &pruned, drawing: &second)
                #expect(one == other, "seed \(seed)")
            }
        }
    }
}
