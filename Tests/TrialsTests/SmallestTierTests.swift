import Testing
import Trials

@Suite("The smallest tier")
struct SmallestTierTests {
    /// The search for the first number from `needed` on, and which numbers it tried.
    func search(_ range: ClosedRange<Int>, guess: Int, needed: Int) -> SmallestTier<Bool> {
        SmallestTier(in: range, guess: guess) {
            $0 >= needed
        } isMet: {
            $0
        }
    }

    @Test("is found from any guess, with one server fewer tried", arguments: [1, 7, 12, 13, 14, 60, 100])
    func isFound(guess: Int) {
        let found = search(1...100, guess: guess, needed: 13)
        #expect(found.count == 13)
        #expect(found.attempts.contains { $0.count == 12 && !$0.isMet })
        #expect(found.attempts.contains { $0.count == 13 && $0.isMet })
        #expect(found.attempts.map(\.count) == found.attempts.map(\.count).sorted())
    }

    @Test("costs two attempts if the guess is right")
    func rightGuess() { #expect(search(1...1000, guess: 500, needed: 500).attempts.map(\.count) == [499, 500]) }

    @Test("costs some twenty attempts at most over a million numbers")
    func attempts() { #expect(search(1...1_000_000, guess: 1, needed: 777_777).attempts.count <= 42) }

    @Test("is the least that is allowed if that does")
    func least() {
        let found = search(4...9, guess: 6, needed: 2)
        #expect(found.count == 4)
        #expect(found.attempts.allSatisfy { $0.count >= 4 })
    }

    @Test("is nothing if not even the most servers do")
    func none() {
        let found = search(1...9, guess: 3, needed: 10)
        #expect(found.count == nil)
        #expect(found.attempts.last?.count == 9)
    }
}
