import Planning
import Testing

@Suite("Tiers")
struct TierSizingTests {
    @Test("the resource that asks for the most servers binds, and the one that is used most is used up first")
    func binding() throws {
        let cpu = try Plans.sizing(Plans.classic, "costs.cpu_per_delivery=400ms", "objectives.years=1").last.chatServers
        #expect(cpu.binding == .cpu && cpu.firstSaturated == .cpu)
        let memory = try Plans.sizing(
            Plans.classic, "costs.memory_per_connection=4MB", "policies.presence.scheme=viewport_poll",
            "objectives.years=1"
        ).last.chatServers
        #expect(memory.binding == .memory && memory.firstSaturated == .memory)
        let busiest = memory.uses.map(\.share.value).max() ?? 0
        #expect(near(memory.saturation.value, 1 / busiest, relative: 1e-12))
    }

    @Test("no resource is used beyond its objective, not even after a zone is lost")
    func objectives() throws {
        for name in [Plans.classic, Plans.startUp] {
            for year in try Plans.sizing(name).years {
                let uses = year.chatServers.uses
                #expect(uses[0].share.value <= 0.8 && uses[0].share.value * 1.5 <= 1, "connections, year \(year.year)")
                #expect(uses[1].share.value * 1.5 <= 0.6 + 1e-9, "CPU, year \(year.year)")
                #expect(year.storage.servers.uses.allSatisfy { $0.share.value <= 0.7 + 1e-9 })
            }
        }
    }

    @Test("one zone needs no room for another's clients, and two zones twice as many servers")
    func zones() throws {
        func steps(_ zones: Int) throws -> [Double] {
            try Plans.sizing(
                Plans.classic, "policies.chat_servers.zones=\(zones)", "objectives.headroom=0%", "objectives.years=1"
            ).last.chatServers.steps.map(\.value)
        }
        #expect(try steps(1).contains(10_216) && !steps(1).contains(20_432))
        #expect(try steps(2).contains(20_432))
        #expect(try steps(1).last == 10_322, "10,216 / 0.99 and two more")
    }

    @Test("devices of one user are on one server, so that servers fill unevenly")
    func devices() throws {
        let one = try Plans.sizing(Plans.classic, "objectives.years=1").last.chatServers.steps
        // As many connections, of half as many users: the spread is greater by the square root of two.
        let two = try Plans.sizing(
            Plans.classic, "demand.users.now=250_000_000", "demand.devices_per_user=2", "objectives.years=1"
        ).last.chatServers.steps
        #expect(one[0].value == two[0].value && two[1].value > one[1].value)
        #expect(near(two[1].value - 10_000, (one[1].value - 10_000) * 2.0.squareRoot(), relative: 0.05))
    }

    @Test("the emptier of two leaves a handful of connections more on the fullest server")
    func leastOfTwo() throws {
        let steps = try Plans.sizing(
            Plans.classic, "policies.chat_servers.placement=least_of_two", "objectives.years=1"
        ).last
            .chatServers.steps
        #expect(steps[0].value == 10_000 && steps[1].value == 10_001)
    }

    @Test("clients that poll hold no connections: requests bind instead")
    func polls() throws {
        let year = try Plans.sizing(
            Plans.classic, "policies.transport={ kind: poll, period: 10s }", "objectives.years=1"
        ).last
        #expect(year.demand.peakRequests.value == 50e6 && near(year.demand.openConnections.value, 3e6, within: 1))
        #expect(year.chatServers.steps[0].value == 60 && year.chatServers.binding == .cpu)
    }

    @Test("load balancers that pass everything on hold a million connections each")
    func proxies() throws {
        let tier = try Plans.sizing(
            Plans.classic, "policies.load_balancers.path=proxy", "hardware.load_balancer.memory=64GiB",
            "objectives.years=1"
        ).last.loadBalancers
        #expect(tier.binding == .connections && tier.steps[0].value == 500)
        #expect(tier.servers.value == 753, "500 x 3 / 2 and one more, evenly over three zones")
    }

    @Test("without a cache the storage answers every read, and there are no cache servers")
    func cache() throws {
        let with = try Plans.sizing(Plans.classic, "objectives.years=1").last
        let without = try Plans.sizing(Plans.classic, "policies.cache.enabled=off", "objectives.years=1").last
        #expect(with.cacheServers != nil && without.cacheServers == nil && without.tiers.count == 3)
        #expect(near(without.storage.load.reads.value, with.storage.load.reads.value * 50, relative: 1e-9))
        // 500 M users with 100 messages of 100 bytes each.
        let memory = 5e12 / (256.0 * 1_073_741_824 * 0.8)
        #expect(with.cacheServers?.needs.first { $0.resource == .memory }?.servers.value == memory.rounded(.up))
    }
}
