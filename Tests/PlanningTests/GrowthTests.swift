import Planning
import Testing

@Suite("Growth over the years")
struct GrowthTests {
    @Test("users grow by a share, or as the plan lists them")
    func users() throws {
        let grown = try Plans.sizing(Plans.classic, "demand.users={ now: 1_000_000, growth_per_year: 50% }")
        #expect(grown.years.map(\.demand.users.value) == [1e6, 1.5e6, 2.25e6, 3.375e6, 5_062_500, 7_593_750])
        let listed = try Plans.sizing(Plans.startUp)
        #expect(listed.years.map(\.demand.users.value) == [50e3, 300e3, 1.5e6, 6e6, 20e6, 50e6])
    }

    @Test("a year adds what is sent in it, at the mean of its beginning and end")
    func bytes() throws {
        let years = try Plans.sizing(Plans.startUp).years
        for (before, after) in zip(years, years.dropFirst()) {
            let users = (before.demand.users.value + after.demand.users.value) / 2
            let added = users * 40 * 365 * 463 * 3.105
            #expect(near(after.storage.logicalBytes.value - before.storage.logicalBytes.value, added, relative: 1e-9))
        }
    }

    @Test("servers are added and never taken away, and as many bytes move as the new ones then hold")
    func moves() throws {
        let years = try Plans.sizing(Plans.startUp).years
        for (before, after) in zip(years, years.dropFirst()) {
            let (old, new) = (before.storage.servers.servers.value, after.storage.servers.servers.value)
            #expect(new >= old && after.storage.moves.addedServers.value == new - old)
            // Of n servers that become m, each keeps n / m of what it has.
            #expect(
                near(after.storage.moves.bytes.value, before.storage.rawBytes.value * (1 - old / new), relative: 1e-9))
            #expect(near(after.storage.moves.movedReplicas.value, 3 * 1024 * (1 - old / new), within: 1))
        }
        let none = try Plans.sizing(Plans.classic, "demand.messages.stored=1B").years[5].storage.moves
        #expect(none.addedServers.value == 0 && none.movedReplicas.value == 0 && none.seconds.value == 0)
    }

    @Test("servers stand evenly in the zones, and never fewer than copies need")
    func zones() throws {
        for year in try Plans.sizing(Plans.startUp).years {
            for tier in year.tiers {
                #expect(tier.servers.value.truncatingRemainder(dividingBy: 3) == 0, "\(tier.name)")
            }
            #expect(year.storage.servers.servers.value >= 4)
        }
    }

    @Test("the object store holds no more than the system is old, nor more than the retention")
    func media() throws {
        let years = try Plans.sizing(Plans.startUp, "policies.media.retention=730d").years
        #expect(years[0].media.keptBytes.value == 0)
        #expect(near(years[1].media.keptBytes.value, years[1].media.bytesPerDay.value * 365, relative: 1e-9))
        #expect(near(years[4].media.keptBytes.value, years[4].media.bytesPerDay.value * 730, relative: 1e-9))
    }

    @Test("a month costs its servers, its traffic and its objects, a year twelve of them, and all years their sum")
    func cost() throws {
        let sizing = try Plans.sizing(Plans.startUp)
        let last = sizing.last
        let servers =
            last.chatServers.servers.value * 220 + last.loadBalancers.servers.value * 110
            + (last.cacheServers?.servers.value ?? 0) * 300 + last.storage.servers.servers.value * 600
        let traffic = last.traffic.egressPerMonth.value / 1e9 * 0.05
        let objects = last.media.keptBytes.value / 1e9 * 0.02 + last.media.requestsPerMonth.value / 1e6 * 2
        #expect(near(last.cost.perMonth.value, servers + traffic + objects, relative: 1e-9))
        #expect(last.cost.perYear.value == last.cost.perMonth.value * 12)
        #expect(
            near(
                sizing.totalCost.value, sizing.years.dropFirst().map(\.cost.perYear.value).reduce(0, +), relative: 1e-12
            ))
        #expect(last.cost.perMonth.unit == "USD/month" && last.cost.items.map(\.name).count == 6)
    }
}
