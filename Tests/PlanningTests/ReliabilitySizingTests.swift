import Planning
import Testing

@Suite("When something fails")
struct ReliabilitySizingTests {
    private static let year = 31_536_000.0

    @Test(
        "the mean time to the loss of one shard is that of the tables, and of any shard it is shared by all",
        arguments: [
            ("3 copies", 8.1947e6), ("2 copies", 7014), ("RS(6,3)", 5.7152e7), ("RS(10,4)", 2.52727e9),
        ])
    func durability(name: String, years: Double) throws {
        // 3.6 TB at 100 MB/s take ten hours.
        let options = try Plans.sizing(Plans.classic, "policies.storage.shard_size=3_600GB").last.reliability.options
        let option = try #require(options.first { $0.name == name })
        // The tables count a year as 8,766 hours, the plan as 8,760.
        #expect(near(option.meanSecondsToLossOfOne.value / 3600 / 8766, years, relative: 1e-3))
        #expect(near(option.meanSecondsToLoss.value, option.meanSecondsToLossOfOne.value / 1000, relative: 1e-12))
        #expect(
            near(
                option.lossProbability.value, 1 - (1 / (1 + Self.year / option.meanSecondsToLoss.value)), relative: 0.1)
        )
    }

    @Test("at 1 % away, 3 copies cannot be read for 1.0e-6 of the time, RS(6,3) for 1.21e-6, RS(10,4) for 1.86e-7")
    func unavailability() throws {
        let options = try Plans.sizing(Plans.classic).last.reliability.options
        let values = ["3 copies", "RS(6,3)", "RS(10,4)"].map { name in
            options.first { $0.name == name }?.readUnavailability.value ?? 0
        }
        #expect(near(values[0], 1.0e-6, relative: 1e-6) && near(values[1], 1.21e-6, within: 0.005e-6))
        #expect(near(values[2], 1.86e-7, within: 0.005e-7))
        #expect(options.map(\.repairReads.value) == [1, 1, 6, 10])
    }

    @Test("three retries make 1.875, 3.439 and 4 attempts of one; three layers make 64; a budget makes 1.1")
    func retries() throws {
        let once = try Plans.sizing(Plans.classic, "policies.retry.attempts=4").last.reliability
        #expect(zip(once.retries, [1.875, 3.439, 4]).allSatisfy { near($0.attempts.value, $1, within: 1e-9) })
        let thrice = try Plans.sizing(Plans.classic, "policies.retry={ attempts: 4, layers: 3 }").last.reliability
        #expect(thrice.retries[2].attempts.value == 64 && near(thrice.attemptsWithBudget.value, 1.1, within: 1e-12))
    }

    @Test("a group of 30,000 is pushed to within the 0.9 to 2.1 s that were measured")
    func group() throws {
        let time = try Plans.sizing(Plans.classic, "demand.largest_group=30_000").last.reliability.largestGroupSeconds
        #expect(time.value == 1.92)
    }

    @Test("the time without the system is that of crashes, restarts, zones and unreadable shards")
    func availability() throws {
        let reliability = try Plans.sizing(
            Plans.classic, "hardware.failures={ crashes_per_year: 0, restarts_per_year: 0, zone_losses_per_year: 0 }"
        ).last.reliability
        #expect(near(reliability.downtimeSeconds.value, 1e-6 * Self.year, relative: 1e-4))
        #expect(near(reliability.availability.value, 1 - 1e-6, within: 1e-9))
        let all = try Plans.sizing(Plans.classic).last
        let failures = 2 * (5 + all.reconnect.secondsOfRestart.value) + 52 * all.reconnect.secondsOfRestart.value
        let zones = 0.2 / 3 * all.reconnect.seconds.value
        #expect(near(all.reliability.downtimeSeconds.value, failures + zones + 1e-6 * Self.year, relative: 1e-3))
    }

    @Test("clients come back as fast as spare cores, load balancers and admission allow, whichever is least")
    func rates() throws {
        let reconnect = try Plans.sizing(Plans.classic, "policies.chat_servers.admission_per_second=1_000").last
            .reconnect
        #expect(reconnect.rate.value == 1000 && near(reconnect.seconds.value, 5 + 500e6 / 3 / 1000, relative: 1e-9))
        let fewer = try Plans.sizing(Plans.classic, "costs.cpu_per_connect=300ms").last
        let spare = fewer.chatServers.servers.value * 2 / 3 * 16 - fewer.chatLoad.busyCores.value
        #expect(near(fewer.reconnect.rate.value, spare / 0.3, relative: 1e-9))
    }
}
