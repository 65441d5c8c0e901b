import Language
import Plan
import Testing

@Suite("Reading plans")
struct PlanLoaderTests {
    private func load(_ text: String, _ overrides: String...) throws -> Plan {
        try Plan.load(text: text, file: "p", overrides: overrides.compactMap { Override($0) })
    }

    @Test("the plans that come with Confab are valid", arguments: Texts.names)
    func files(name: String) throws {
        let keys = try Texts.file(name).keys.map(\.key)
        #expect(keys.count > 100 && Set(keys).count == keys.count)
    }

    @Test("the least plan has the published figures for defaults, in base units")
    func defaults() throws {
        let plan = try load(Texts.least)
        #expect(plan.demand.concurrentShare.value == 0.32 && plan.demand.messagesPerDay.value == 40)
        #expect(plan.demand.deliveriesPerMessage.value == 2.105 && plan.demand.sessions.meanSeconds.value == 639)
        #expect(plan.demand.messages.storedBytes.value == 463 && plan.demand.messages.storedBytes.range == 463...1389)
        #expect(plan.costs.cpuPerDelivery.value == 64e-6 && plan.costs.memoryPerConnection.value == 30_000)
        #expect(plan.policies.chatServers.connectionsEach.value == 50_000)
        #expect(plan.policies.storage.shardBytes.value == 4e12 && plan.policies.storage.flushBytes.value == 134_217_728)
        #expect(plan.hardware.chatServer.networkBytesPerSecond.value == 3.125e9)
        #expect(plan.prices.perEgressGigabyte.value == 0.01)
    }

    @Test("every default says where it is from, and which are estimates")
    func references() throws {
        for key in try load(Texts.least).keys where key.key != "demand.users.now" {
            guard case .byDefault(let reference) = key.origin else {
                Issue.record("\(key.key) is no default")
                continue
            }
            #expect(!reference.text.isEmpty && !key.meaning.isEmpty, "\(key.key)")
        }
        let plan = try load(Texts.least)
        #expect(plan.hardware.chatServer.pricePerMonth.origin.isEstimate)
        #expect(!plan.demand.concurrentShare.origin.isEstimate)
    }

    @Test("every key of a plan is listed once, and none that its choices leave out")
    func keys() throws {
        let plan = try Plan.load(
            text: Texts.plan("policies: { storage: { redundancy: { data_fragments: 6, parity_fragments: 3 } } }"),
            file: "p")
        let keys = plan.keys.map(\.key)
        #expect(Set(keys).count == keys.count && keys.count > 80)
        #expect(keys.contains("policies.storage.redundancy.data_fragments"))
        #expect(!keys.contains("policies.storage.redundancy.copies") && !keys.contains("policies.transport.period"))
    }

    @Test("a value knows its line, or that the command line gave it")
    func origins() throws {
        let text = Texts.plan("objectives:\n  years: 3\n  headroom: 10%")
        let plan = try load(text, "objectives.headroom=15%")
        #expect(plan.objectives.years.origin == .file(line: 6) && plan.objectives.years.value == 3)
        #expect(plan.objectives.headroom.origin == .commandLine && plan.objectives.headroom.value == 0.15)
        #expect(plan.objectives.headroom.key == "objectives.headroom" && plan.objectives.headroom.name == "headroom")
        #expect(plan.policies.storage.shardBytes.name == "storage shard size")
    }

    @Test("a value from a cost profile says so, and the command line goes before it")
    func costProfile() throws {
        let profile = [
            Override(path: ["costs", "cpu_per_send"], value: "2700ns", source: "costs.yaml: measured"),
            Override(path: ["costs", "cpu_per_delivery"], value: "1us", source: "costs.yaml: measured"),
        ]
        let set = try #require(Override("costs.cpu_per_delivery=2us"))
        let costs = try Plan.load(text: Texts.least, file: "plan.yaml", overrides: profile + [set]).costs
        #expect(costs.cpuPerSend.value == 2.7e-6 && costs.cpuPerSend.origin == .costProfile("costs.yaml: measured"))
        #expect(costs.cpuPerDelivery.value == 2e-6 && costs.cpuPerDelivery.origin == .commandLine)
        #expect(!costs.cpuPerSend.origin.isEstimate)
    }

    @Test("a number may say between which others it is, and then a default's range is not its own")
    func ranges() throws {
        let plan = try load(Texts.least, "demand.messages.stored={ value: 200B, low: 100B, high: 1kB }")
        #expect(plan.demand.messages.storedBytes.value == 200 && plan.demand.messages.storedBytes.range == 100...1000)
        #expect(try load(Texts.least, "demand.messages.stored=200B").demand.messages.storedBytes.range == nil)
    }

    @Test("users grow by a share, or as the plan lists them")
    func users() throws {
        #expect(try load(Texts.least).demand.users.growthPerYear?.value == 0)
        let listed = try load(Texts.least, "demand.users={ now: 5, by_year: [7, 9] }").demand.users
        #expect(listed.growthPerYear == nil && listed.byYear.map(\.value) == [7, 9])
        #expect(listed.byYear[1].key == "demand.users.by_year.1" && listed.byYear[1].origin == .commandLine)
    }

    @Test("shards are kept in copies or in fragments")
    func redundancy() throws {
        let copies = try load(Texts.least, "policies.storage.redundancy.copies=2").policies.storage.redundancy
        guard case .copies(let count) = copies else {
            Issue.record("no copies: \(copies)")
            return
        }
        #expect(count.value == 2)
        let code = try load(Texts.least, "policies.storage.redundancy={ data_fragments: 6, parity_fragments: 3 }")
        guard case .reedSolomon(let data, let parity) = code.policies.storage.redundancy else {
            Issue.record("no code: \(code.policies.storage.redundancy)")
            return
        }
        #expect(data.value == 6 && parity.value == 3)
    }

    @Test("another number takes the place of a key's, within its limits, and nothing else changes")
    func substitutes() throws {
        let plan = try load(Texts.least)
        let share = try #require(plan.keys.first { $0.key == "demand.concurrent_share" })
        #expect(try plan.with(0.4, for: share).demand.concurrentShare.value == 0.4)
        #expect(try plan.with(1.3, for: share).demand.concurrentShare.value == 1, "a share is at most all")
        let spare = try #require(plan.keys.first { $0.key == "policies.chat_servers.spare" })
        let changed = try plan.with(2.4, for: spare).with(0.5, for: share)
        #expect(changed.policies.chatServers.spare.value == 2 && changed.demand.concurrentShare.value == 0.5)
        #expect(changed.keys.count == plan.keys.count)
    }

    @Test("a file is a plan if it says so")
    func isPlan() {
        #expect(Plan.isPlan(Texts.least) && Plan.isPlan("{ confab_plan: 1 }") && Plan.isPlan("confab_plan: 1\na: ["))
        #expect(!Plan.isPlan("confab: 1\nname: x\n") && !Plan.isPlan(""))
    }

    @Test("the schema knows every section and key")
    func schema() throws {
        let schema = Plan.jsonSchema()
        for key in try load(Texts.least).keys {
            let last = try #require(key.key.split(separator: ".").last)
            #expect(schema.contains("\"\(last)\""), "\(key.key)")
        }
        #expect(schema.contains("\"title\": \"Confab plan\""))
    }
}
