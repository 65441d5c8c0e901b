import Capacity
import Testing

@Suite("The fullest server")
struct MaximumLoadTests {
    private let classic = MaximumLoad(users: 500_000_000, servers: 10_000)

    @Test("500 million users hashed over 10 thousand servers: 50,863.6 on the fullest, median 50,854, p99 51,066")
    func classicDesign() {
        #expect(classic.mean == 50_000)
        #expect(near(classic.expected, 50_863.6, within: 0.05))
        #expect(classic.quantile(0.5) == 50_854 && classic.quantile(0.99) == 51_066)
        #expect(near(classic.probabilityOneOver(50_000), 0.4988, within: 0.5e-4))
        #expect(classic.probabilityAnyOver(50_000) == 1)
    }

    @Test("hashed over a thousand shards the fullest has 502,293.7")
    func shards() {
        #expect(near(MaximumLoad(users: 500_000_000, servers: 1000).expected, 502_293.7, within: 0.1))
    }

    @Test("10,216 servers keep the probability that any has more than 50,000 below one percent, and 10,215 do not")
    func serversNeeded() {
        let needed = MaximumLoad.serversNeeded(users: 500_000_000, capacity: 50_000, probabilityLimit: 0.01)
        #expect(needed == 10_216)
        #expect(MaximumLoad(users: 500_000_000, servers: 10_216).probabilityAnyOver(50_000) < 0.01)
        #expect(MaximumLoad(users: 500_000_000, servers: 10_215).probabilityAnyOver(50_000) >= 0.01)
    }

    @Test(
        "few servers: the tail is the binomial law's, computed independently",
        arguments: [
            (1_000_000, 100, 10_200, 0.022_208_913_237, 1e-9), (500_000_000, 999, 502_500, 0.002_350_900_15, 2e-3),
            (500_000_000, 10, 50_010_000, 0.068_011_966_2, 1e-4),
        ] as [(Int, Int, Int, Double, Double)])
    func fewServers(users: Int, servers: Int, capacity: Int, probability: Double, share: Double) {
        let found = MaximumLoad(users: users, servers: servers).probabilityOneOver(capacity)
        #expect(near(found, probability, relative: share))
    }

    @Test("the expected maximum of a million users on a hundred servers is 10,250.393")
    func expectedOfFew() {
        #expect(near(MaximumLoad(users: 1_000_000, servers: 100).expected, 10_250.393, within: 0.5e-3))
        #expect(MaximumLoad(users: 500_000_000, servers: 2).quantile(0.5) > 250_000_000)
    }

    @Test("few users on few servers have the binomial law: by hand")
    func few() {
        // Three users on two servers: one has more than one with 1/2, more than two with 1/8, and never more than three.
        let few = MaximumLoad(users: 3, servers: 2)
        #expect(near(few.probabilityOneOver(1), 0.5, relative: 1e-12))
        #expect(near(few.probabilityOneOver(2), 0.125, relative: 1e-12) && few.probabilityOneOver(3) == 0)
        let one = MaximumLoad(users: 1000, servers: 1)
        #expect(one.quantile(0.5) == 1000 && near(one.expected, 1000, within: 1e-9))
        #expect(MaximumLoad.serversNeeded(users: 1000, capacity: 1000, probabilityLimit: 0.01) == 1)
    }
}
