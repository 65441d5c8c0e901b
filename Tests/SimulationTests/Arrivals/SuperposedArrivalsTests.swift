import Simulation
import Statistics
import Testing

/// Forty users with one action a second each, 20,000 actions of a fixed seed. Each check would refuse a right process once in 10,000
/// seeds.
@Suite("Superposed memoryless users")
struct SuperposedArrivalsTests {
    private static let significance = 1e-4
    private static let userCount: UInt32 = 40
    private static let meanNanoseconds: UInt64 = 1_000_000_000
    private static let actions = 20_000

    private let superposed = ArrivalRecord.superposed(
        userCount: userCount, meanNanoseconds: meanNanoseconds, actions: actions, seed: 1)
    private let timers = ArrivalRecord.perUserTimers(
        userCount: userCount, meanNanoseconds: meanNanoseconds, actions: actions, seed: 2)

    @Test("the time from one action to the next is memoryless with the mean of one user's over their number")
    func gaps() {
        let law = GoodnessOfFit.Law.exponential(mean: Double(Self.meanNanoseconds) / Double(Self.userCount))
        #expect(GoodnessOfFit.kolmogorovSmirnov(superposed.gaps, law: law) > Self.significance)
    }

    @Test("the time between two actions of one user is memoryless with the mean of one user's")
    func gapsOfUsers() {
        let law = GoodnessOfFit.Law.exponential(mean: Double(Self.meanNanoseconds))
        #expect(GoodnessOfFit.kolmogorovSmirnov(superposed.gapsOfUsers, law: law) > Self.significance)
    }

    @Test("times are those of users with a timer each")
    func timesOfTimers() {
        #expect(GoodnessOfFit.kolmogorovSmirnov(superposed.gaps, and: timers.gaps) > Self.significance)
        #expect(GoodnessOfFit.kolmogorovSmirnov(superposed.gapsOfUsers, and: timers.gapsOfUsers) > Self.significance)
    }

    @Test("who acts is even, and as with users who have a timer each")
    func whoActs() {
        let count = Int(Self.userCount)
        let counts = superposed.counts(userCount: count)
        let expected = [Double](repeating: Double(Self.actions) / Double(count), count: count)
        #expect(GoodnessOfFit.chiSquare(observed: counts, expected: expected) > Self.significance)
        // Both together: what a user did in either is expected to be half of what it did in both.
        let others = timers.counts(userCount: count)
        let halves = zip(counts, others).map { Double($0 + $1) / 2 }
        let probability = GoodnessOfFit.chiSquare(
            observed: counts + others, expected: halves + halves, degreesOfFreedom: count - 1)
        #expect(probability > Self.significance)
    }

    @Test("a gap tells nothing of the next, nor of who acts")
    func independence() {
        let gaps = superposed.gaps
        let median = gaps.sorted()[gaps.count / 2]
        var cells = [Int](repeating: 0, count: 8)
        for index in stride(from: 0, to: gaps.count - 1, by: 2) {
            let isHigh = superposed.users[index + 1] >= Self.userCount / 2
            cells[(gaps[index] < median ? 0 : 1) + (gaps[index + 1] < median ? 0 : 2) + (isHigh ? 4 : 0)] += 1
        }
        let expected = [Double](repeating: Double(cells.reduce(0, +)) / 8, count: 8)
        #expect(GoodnessOfFit.chiSquare(observed: cells, expected: expected) > Self.significance)
    }

    @Test("the checks refuse users who are a little less random")
    func powerOfTheTest() {
        let regular = ArrivalRecord.renewal(
            userCount: Self.userCount, gap: .weibull(scale: 1_063_000_000, shape: 1.2), actions: Self.actions, seed: 1)
        #expect(
            GoodnessOfFit.kolmogorovSmirnov(regular.gapsOfUsers, and: timers.gapsOfUsers) < Self.significance)
    }
}
