import Plan
import Planning
import Testing

@Suite("The classic design's own arithmetic")
struct ClassicArithmeticTests {
    @Test("20 billion messages a day are 231,481 a second, 360 thousand at the peak, and 758 thousand deliveries")
    func rates() throws {
        let demand = try Plans.sizing(Plans.classic).last.demand
        #expect(near(demand.meanSends.value, 231_481, within: 0.5))
        #expect(
            near(demand.peakSends.value, 360e3, within: 500) && near(demand.peakDeliveries.value, 758e3, within: 500))
        #expect(demand.connections.value == 500e6)
    }

    @Test("five years are 3.65 PB, within 1 % of it by every way of adding")
    func fiveYears() throws {
        let sizing = try Plans.sizing(Plans.classic)
        #expect(near(sizing.last.storage.logicalBytes.value, 3.65e15, relative: 1e-9))
        #expect(sizing.years.map { ($0.storage.logicalBytes.value / 0.73e15).rounded() } == [0, 1, 2, 3, 4, 5])
    }

    @Test("with metadata and indices they are 16.9 to 50.7 PB", arguments: [("463B", 16.9e15), ("1_389B", 50.7e15)])
    func allIn(stored: String, bytes: Double) throws {
        let sizing = try Plans.sizing(Plans.classic, "demand.messages.stored=\(stored)")
        #expect(near(sizing.last.storage.logicalBytes.value, bytes, within: 0.05e15))
    }

    @Test("a copy for each mailbox makes them 11.3 PB and 719 thousand writes a second on average")
    func mailboxes() throws {
        let last = try Plans.sizing(Plans.classic, "policies.storage.mailboxes=per_user").last
        #expect(near(last.storage.logicalBytes.value, 11.3e15, within: 0.05e15))
        #expect(near(last.storage.load.mailboxCopies.value * last.demand.meanSends.value, 719e3, within: 500))
        #expect(near(last.storage.load.rows.value, 1.555 * 718_750, within: 50))
    }

    @Test(
        "3.65 PB on shards of 4 TB are 912.5 full ones: a thousand are 91 % full, and the fullest half a percent more")
    func shards() throws {
        let storage = try Plans.sizing(Plans.classic).last.storage
        #expect(
            near(storage.shardsFull.value, 912.5, within: 1e-6) && near(storage.shardFill.value, 0.9125, within: 1e-9))
        #expect(near(storage.fullestShardFill.value, 0.9125 * 502_293.7 / 500_000, within: 1e-6))
    }

    @Test("10,000 servers by the averages; 10,216 so that a hash overloads one in a hundred times; more for what fails")
    func chatServers() throws {
        let tier = try Plans.sizing(Plans.classic).last.chatServers
        #expect(tier.steps.map(\.value).prefix(2) == [10_000, 10_216])
        // 20 % of headroom leave 40,000 of the 50,000 connections.
        #expect(near(tier.steps[2].value, 12_500, within: 400) && tier.steps[2].value > 12_500)
        #expect(tier.steps[3].value == tier.steps[2].value, "nothing but connections binds")
        // Two of three zones hold everybody: 10,216 x 3 / 2.
        #expect(tier.steps[4].value == 15_324)
        // One in a hundred is restarted, and two may fail: 15,324 / 0.99 = 15,478.8.
        #expect(tier.steps[5].value == 15_481 && tier.servers.value == 15_483 && tier.servers.name == "chat servers")
        #expect(tier.binding == .connections && tier.firstSaturated == .connections)
        #expect(tier.needs.map(\.resource) == [.connections, .cpu, .memory, .network])
    }

    @Test("a server's own figures: memory and CPU by the cost profile")
    func resources() throws {
        let sizing = try Plans.sizing(Plans.classic)
        #expect(sizing.last.chatLoad.memoryBytes.value == 15e12)
        let cores = 64e-6 * (359_953.7 + 757_702.5)
        #expect(near(sizing.last.chatLoad.messageCores.value, cores, within: 0.01))
    }

    @Test("every step says how it comes about and with what numbers")
    func traceable() throws {
        let steps = try Plans.sizing(Plans.classic).last.chatServers.steps
        #expect(steps[0].formula == "round up(open connections at the peak / chat servers connections each)")
        #expect(steps[0].substitution == "round up(500,000,000 connections / 50,000 connections)")
        #expect(steps[1].inputs.map(\.source?.key).contains("policies.chat_servers.overload_probability"))
        #expect(steps[1].estimates == ["policies.chat_servers.overload_probability"])
        #expect(steps[0].inputs[1].source?.origin == .file(line: 38), "where the plan file says so")
    }

    @Test("losing one of three zones puts 75 thousand connections on each of 10,000 servers' survivors; not on ours")
    func zoneLoss() throws {
        let reconnect = try Plans.sizing(Plans.classic).last.reconnect
        #expect(near(reconnect.fillByAverages.value, 1.5, within: 1e-9) && reconnect.fill.value < 1)
    }

    @Test("500 million at 230 thousand a second take 2,174 s, and 50 thousand on 8 cores at 3 ms take 18.75 s")
    func reconnect() throws {
        let sizing = try Plans.sizing(
            Plans.classic, "policies.chat_servers.zones=1", "policies.chat_servers.admission_per_second=230_000",
            "hardware.chat_server.cores=8", "hardware.failures.detection=1ms")
        #expect(near(sizing.last.reconnect.seconds.value, 2174, within: 0.5))
        #expect(sizing.last.reconnect.secondsOfOneServer.value == 18.75)
    }

    @Test("five seconds in memory put 1.8 million accepted messages at risk at the peak; a log puts none")
    func atRisk() throws {
        let risk = try #require(try Plans.sizing(Plans.classic).last.reliability.messagesAtRisk)
        #expect(near(risk.value, 1.8e6, within: 0.05e6))
        let text = ["policies.acknowledge=after_log"]
        let plan = try Plans.load("start-up.yaml", text)
        #expect(Sizing(plan).last.reliability.messagesAtRisk == nil)
    }

    @Test("long polls of 30 s are 16.7 million requests and 26.7 GB a second, a thousand times the messages")
    func longPoll() throws {
        let cost = try #require(
            try Plans.sizing(Plans.classic).last.traffic.transports.first { $0.kind == .longPoll })
        #expect(near(cost.requests.value, 16.7e6, within: 0.05e6))
        #expect(near(cost.bytesPerSecond.value, 26.7e9, within: 0.05e9))
        #expect(near(cost.timesMessageBytes.value, 1000, relative: 0.2))
    }

    @Test("2 to 10 MB a message are 40 to 200 PB a day; 4.7 % at 2 MB are 1.88 PB a day")
    func media() throws {
        let last = try Plans.sizing(Plans.classic).last
        #expect(near(last.media.bytesPerDay.value, 1.88e15, within: 0.005e15))
        let all = try Plans.sizing(Plans.classic, "demand.media.share=100%").last.media.bytesPerDay.value
        #expect(near(all, 40e15, relative: 1e-9))
    }

    @Test(
        "a shard of 4 TB has 373 regions with 5.4 MB a day each: 128 MiB take 25 days, so the hour rules, with files of 224 KB"
    )
    func flush() throws {
        let flush = try Plans.sizing(Plans.classic).last.storage.flush
        #expect(flush.regions.value == 373 && near(flush.bytesPerRegionAndDay.value, 5.4e6, within: 0.05e6))
        #expect(near(flush.secondsToSize.value / 86_400, 25, within: 0.5) && flush.trigger == .age)
        #expect(near(flush.fileBytes.value, 224e3, within: 500))
    }

    @Test("raw bytes of 3.65 and 7.3 PB: 10.95 / 21.9, 5.48 / 10.95, 5.11 / 10.2 PB")
    func raw() throws {
        let options = try Plans.sizing(Plans.classic).last.reliability.options
        func raw(_ name: String) throws -> Double {
            try #require(options.first { $0.name == name }).rawBytes.value / 1e15
        }
        #expect(try near(raw("3 copies"), 10.95, within: 1e-9) && options[0].name == "3 copies" && options[0].isChosen)
        #expect(try near(raw("RS(6,3)"), 5.475, within: 1e-9) && near(raw("RS(10,4)"), 5.11, within: 1e-9))
        let twice = try Plans.sizing(Plans.classic, "demand.messages.stored=200B").last.reliability.options
        #expect(twice.map { ($0.rawBytes.value / 1e13).rounded() / 100 } == [21.9, 14.6, 10.95, 10.22])
    }
}
