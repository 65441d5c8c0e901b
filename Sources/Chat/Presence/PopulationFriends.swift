/// Who is whose friend in a population: a random graph with given numbers of friends, computed and not stored.
///
/// It is the configuration model (Bollobás 1980): each user has as many ends of friendships as they are to have friends, and a random
/// matching of all ends makes friends of those whose ends meet. Both steps are keyed permutations, so that the friends of any user
/// can be had without those of others, and friendship is mutual:
///
/// - A permutation gives each user a rank. The user of rank r of n has the (r + ½)/n quantile of the law as the number of ends, so
///   that the numbers follow the law as closely as n numbers can; ranks of the same number lie together, and a table with a line for each
///   different number of ends tells whose an end is.
/// - Another permutation brings all ends into a random order, in which the first meets the second, the third the fourth, and so on.
///
/// An end that meets another of the same user, and a second friendship of the same two, count for nothing. There are about (v/2)^2 of
/// these, v being the mean of the squared number of friends over the mean, however many users there are. If all have f friends, that
/// is the share f/2n of all friendships; by Facebook's law (191 friends on average, half of the users below 99) it is 6.6 % of them
/// among twenty thousand users and 0.1 % among a million.
public struct PopulationFriends: Hashable, Sendable {
    /// The most friends that a user may have: Facebook's limit (Ugander et al. 2011, arXiv 1111.4503).
    public static let friendCountMax: UInt32 = 5000

    /// The number of the population's first user.
    let firstUser: UInt32
    /// How many users it has.
    let userCount: UInt32
    /// The users of one number of ends, by rising number.
    private let classes: [Class]
    /// From a user's place in the population to the rank.
    private let ranks: KeyedPermutation
    /// From an end to its place in the random order.
    private let order: KeyedPermutation

    private struct Class: Hashable, Sendable {
        let firstRank: UInt32
        let endCount: UInt32
        let firstEnd: UInt64
    }

    /// Describes the friendships of a population.
    ///
    /// - Parameters:
    ///   - firstUser: The number of the population's first user.
    ///   - userCount: How many users it has.
    ///   - key: What the permutations are made from.
    ///   - quantile: The value below which the number of friends falls with a probability. It must not fall as that rises. More than
    ///     ``friendCountMax``, or than there are others, is cut to that.
    /// - Complexity: O(different numbers of friends * log users).
    public init(firstUser: UInt32, userCount: UInt32, key: UInt64, quantile: (Double) -> UInt64) {
        self.firstUser = firstUser
        self.userCount = userCount
        let most = UInt64(min(Self.friendCountMax, max(userCount, 1) - 1))
        func endCount(ofRank rank: UInt32) -> UInt32 {
            UInt32(min(most, quantile((Double(rank) + 0.5) / Double(userCount))))
        }
        var classes: [Class] = []
        var ends: UInt64 = 0
        var rank: UInt32 = 0
        while rank < userCount {
            let count = endCount(ofRank: rank)
            // The first rank with more ends, by halving.
            var low = rank + 1
            var high = userCount
            while low < high {
                let middle = low + (high - low) / 2
                if endCount(ofRank: middle) > count { high = middle } else { low = middle + 1 }
            }
            classes.append(Class(firstRank: rank, endCount: count, firstEnd: ends))
            ends += UInt64(low - rank) * UInt64(count)
            rank = low
        }
        self.classes = classes
        ranks = KeyedPermutation(size: UInt64(userCount), key: key)
        // An odd end meets none.
        order = KeyedPermutation(size: ends & ~1, key: key ^ 0x5bd1_e995_9e37_79b9)
    }

    /// The ends of all users together that meet another.
    var endCount: UInt64 { order.size }

    /// Calls `body` with the user whom each end of a user meets, the user itself among them, in an order that is the same each time.
    ///
    /// - Complexity: O(ends * log of the different numbers of ends).
    func forEachMet(by user: UserID, _ body: (UserID) -> Void) {
        for end in ends(of: user) { body(met(byEnd: end)) }
    }

    /// Some friend of a user, by an even draw; nothing if the user has none.
    ///
    /// - Parameter below: Draws evenly from zero to a bound less one.
    func someFriend(of user: UserID, drawing below: (UInt64) -> UInt64) -> UserID? {
        let ends = ends(of: user)
        guard !ends.isEmpty else { return nil }
        let count = ends.upperBound - ends.lowerBound
        let start = below(count)
        for step in 0..<count {
            let other = met(byEnd: ends.lowerBound + (start + step) % count)
            if other != user { return other }
        }
        return nil
    }

    private func ends(of user: UserID) -> Range<UInt64> {
        let rank = UInt32(ranks.image(of: UInt64(user.rawValue - firstUser)))
        let own = classes[lastIndex { $0.firstRank <= rank }]
        let first = own.firstEnd + UInt64(rank - own.firstRank) * UInt64(own.endCount)
        return min(first, endCount)..<min(first + UInt64(own.endCount), endCount)
    }

    private func met(byEnd end: UInt64) -> UserID {
        let other = order.preimage(of: order.image(of: end) ^ 1)
        // Users without ends come first and are no class's that an end is in.
        let owner = classes[lastIndex { $0.firstEnd <= other }]
        let rank = UInt64(owner.firstRank) + (other - owner.firstEnd) / UInt64(owner.endCount)
        return UserID(firstUser + UInt32(ranks.preimage(of: rank)))
    }

    /// The last class of those that come first and satisfy a condition.
    private func lastIndex(where isEarly: (Class) -> Bool) -> Int {
        var low = 0
        var high = classes.count
        while low < high {
            let middle = (low + high) / 2
            if isEarly(classes[middle]) { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}
