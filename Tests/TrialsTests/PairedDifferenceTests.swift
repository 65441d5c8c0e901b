import Statistics
import Testing
import Trials

@Suite("Paired differences")
struct PairedDifferenceTests {
    @Test("what both have in common cancels out")
    func common() {
        let noise = [5.0, -3, 8, 1, -6, 2]
        let difference = PairedDifference(
            first: noise, second: zip(noise, [1.9, 2.1, 2, 2, 1.9, 2.1]).map(+), level: 0.95)
        #expect(abs(difference.interval.mean - 2) < 1e-12)
        #expect(difference.isSignificant)
        #expect(difference.varianceRatio! < 0.001)
    }

    @Test("of results that have nothing in common the variances add up")
    func independent() {
        // Two orthogonal patterns: their covariance is zero.
        let difference = PairedDifference(first: [1, 1, -1, -1], second: [1, -1, 1, -1], level: 0.95)
        #expect(abs(difference.varianceRatio! - 1) < 1e-12)
        #expect(!difference.isSignificant)
    }

    @Test("equal alternatives do not differ")
    func equal() {
        let difference = PairedDifference(first: [3, 3, 3], second: [3, 3, 3], level: 0.95)
        #expect(difference.interval.halfWidth == 0)
        #expect(!difference.isSignificant)
        #expect(difference.varianceRatio == nil)
    }
}
