import Capacity
import Testing

@Suite("Erlang's formulas")
struct ErlangTests {
    @Test(
        "the loss formula gives the published values, in percent",
        arguments: [(8, 10, 12.1661), (10, 12, 11.9739), (12.5, 15, 10.0489), (15, 18, 8.6169), (18, 22, 6.5451)]
            as [(Double, Int, Double)])
    func blocking(load: Double, servers: Int, percent: Double) {
        #expect(near(100 * ErlangB.blocking(servers: servers, load: load), percent, within: 0.000_05))
    }

    @Test("the loss formula keeps its digits with as many servers as a chat server has connections")
    func blockingOfMany() {
        #expect(near(ErlangB.blocking(servers: 50_500, load: 50_000), 1.48825898e-4, within: 0.5e-12))
        #expect(ErlangB.blocking(servers: 0, load: 3) == 1 && ErlangB.blocking(servers: 3, load: 0) == 0)
    }

    @Test("fifteen lines carry 8.108 erlangs at one percent of loss, and fourteen do not")
    func lossInverses() {
        #expect(near(ErlangB.load(servers: 15, blockingMax: 0.01), 8.108, within: 0.000_5))
        #expect(ErlangB.servers(load: 8.107, blockingMax: 0.01) == 15)
        #expect(ErlangB.servers(load: 8.109, blockingMax: 0.01) == 16)
        #expect(ErlangB.servers(load: 0, blockingMax: 0.01) == 1 && ErlangB.servers(load: 5, blockingMax: 1) == 0)
        // Where most may be lost, the load is far above the servers.
        #expect(near(ErlangB.load(servers: 1, blockingMax: 0.99), 99, relative: 1e-12))
    }

    @Test(
        "the formula of waiting gives the values that were computed independently",
        arguments: [
            (2, 1, 1.0 / 3, 1e-15), (3, 2, 4.0 / 9, 1e-15), (5, 3, 0.236_151_603, 0.5e-9), (10, 8, 0.409_180, 0.5e-6),
            (10, 9, 0.668_731_524, 0.5e-9), (100, 90, 0.216_940_481, 0.5e-9), (1000, 970, 0.242_823_336, 0.5e-9),
        ] as [(Int, Double, Double, Double)])
    func waiting(servers: Int, load: Double, probability: Double, distance: Double) {
        #expect(near(ErlangC.waitProbability(servers: servers, load: load), probability, within: distance))
    }

    @Test("the fewest servers meet the objective and one fewer does not", arguments: [0.5, 9, 90, 970, 20_000])
    func fewestServers(load: Double) {
        for probability in [0.001, 0.05, 0.2, 0.9] {
            let servers = ErlangC.servers(load: load, waitProbabilityMax: probability)
            #expect(ErlangC.waitProbability(servers: servers, load: load) <= probability)
            #expect(servers == 1 || ErlangC.waitProbability(servers: servers - 1, load: load) > probability)
        }
    }

    @Test("servers that cannot keep up let everyone wait")
    func overload() {
        #expect(ErlangC.waitProbability(servers: 3, load: 3) == 1 && ErlangC.waitProbability(servers: 3, load: 4) == 1)
    }
}
