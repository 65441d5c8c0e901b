import Foundation
import Simulation
import Testing

@Suite("Deterministic mathematics")
struct DeterministicMathTests {
    @Test("the logarithm is within one unit in the last place of the system's")
    func logarithm() {
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        for _ in 0..<200_000 {
            let value = Double(bitPattern: stream.next() & 0x7fff_ffff_ffff_ffff)
            guard value.isNormal else { continue }
            let expected = log(value)
            #expect(abs(DeterministicMath.logarithm(value) - expected) <= expected.ulp, "log(\(value))")
        }
        for step in 1...10_000 {
            let value = 0.5 + Double(step) * 0.0001
            let expected = log(value)
            #expect(abs(DeterministicMath.logarithm(value) - expected) <= max(expected.ulp, 0x1p-60), "log(\(value))")
        }
        #expect(DeterministicMath.logarithm(1) == 0)
    }

    @Test("the exponential is within one unit in the last place of the system's")
    func exponential() {
        var stream = RandomStream(seed: 2, component: 0, purpose: 0)
        for _ in 0..<200_000 {
            let value = (stream.unit() - 0.5) * 1400
            let expected = exp(value)
            guard expected.isNormal else { continue }
            #expect(abs(DeterministicMath.exponential(value) - expected) <= expected.ulp, "exp(\(value))")
        }
        #expect(DeterministicMath.exponential(0) == 1)
        #expect(DeterministicMath.exponential(710) == .infinity)
        #expect(DeterministicMath.exponential(-800) == 0)
    }

    @Test(
        "the normal quantile has the published values",
        arguments: [
            (0.5, 0), (0.975, 1.959963984540054), (0.99, 2.3263478740408408), (0.001, -3.090232306167813),
            (1e-10, -6.361340902404056),
        ])
    func normalQuantile(probability: Double, quantile: Double) {
        #expect(abs(DeterministicMath.normalQuantile(probability) - quantile) <= 4e-15 * max(1, abs(quantile)))
    }

    @Test("no last bit ever changes: the digest of many results is pinned")
    func bitsArePinned() {
        var digest = TraceDigest()
        var stream = RandomStream(seed: 3, component: 0, purpose: 0)
        for _ in 0..<10_000 {
            let unit = stream.unit()
            digest.append(
                DeterministicMath.logarithm(unit).bitPattern,
                DeterministicMath.exponential(DeterministicMath.normalQuantile(unit)).bitPattern)
        }
        #expect(digest.hexadecimal == "ebb7f376da8d71fc")
    }
}
