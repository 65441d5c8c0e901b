import Chat
import Simulation
import Testing

@testable import World

@Suite("Faults of links")
struct LinkFaultTableTests {
    /// Load balancer 0, chat servers 1 and 2, storage server 3.
    private let processes = ProcessTable(
        WorldConfiguration.small(chatServerCount: 2))

    private func table(_ effects: LinkFault.Effect...) -> LinkFaultTable {
        LinkFaultTable(
            effects.map {
                LinkFault(
                    sources: [.server(.chatServer(0))], targets: [.chatServers], startNanoseconds: 100,
                    endNanoseconds: 200, effect: $0)
            }, processes: processes)
    }

    private func verdict(
        _ table: LinkFaultTable, from source: UInt32 = 1, to target: UInt32 = 2, at now: UInt64 = 150,
        isStandalone: Bool = true
    ) -> LinkFaultTable.Verdict {
        var draws = RandomStream(seed: 1, component: 0, purpose: 0)
        return table.verdict(
            from: source, to: target, isStandalone: isStandalone, atNanoseconds: now, drawing: &draws)
    }

    @Test("a fault strikes what its sources send to its targets while it lasts, and nothing else")
    func scope() {
        let table = table(.loss(Probability(partsPerBillion: 1_000_000_000)))
        #expect(verdict(table).isLost)
        #expect(!verdict(table, from: 2, to: 1).isLost)
        #expect(!verdict(table, to: 3).isLost)
        #expect(!verdict(table, at: 99).isLost && verdict(table, at: 100).isLost)
        #expect(verdict(table, at: 199).isLost && !verdict(table, at: 200).isLost)
    }

    @Test("delays of several faults add up; what is held is held until the end")
    func delays() {
        let table = table(.delay(.constant(30)), .delay(.constant(12)), .hold)
        #expect(verdict(table) == .init(isLost: false, delayNanoseconds: 42, heldUntilNanoseconds: 200))
        #expect(verdict(table, at: 250) == .init())
    }

    @Test(
        "requests that stand for themselves may be repeated or go another way; what belongs to a connection does neither"
    )
    func requests() {
        let always = Probability(partsPerBillion: 1_000_000_000)
        let table = table(
            .duplicate(always, laterNanoseconds: .constant(30)), .detour(always, laterNanoseconds: .constant(12)))
        #expect(verdict(table).copyNanoseconds == 30 && verdict(table).detourNanoseconds == 12)
        #expect(verdict(table, isStandalone: false) == .init())
        let device = DeviceID(user: UserID(0), index: 0)
        #expect(StandaloneRequests.contains(.resolve(device), isPolled: false))
        #expect(!StandaloneRequests.contains(.poll(device, after: 0, number: 1), isPolled: false))
        #expect(StandaloneRequests.contains(.poll(device, after: 0, number: 1), isPolled: true))
        #expect(!StandaloneRequests.contains(.heartbeat(device), isPolled: true))
        #expect(StandaloneRequests.port(ofCopyFrom: 7, isFromServer: true) == 7 | 1 << 31)
        #expect(StandaloneRequests.port(ofCopyFrom: 7, isFromServer: false) == 7)
    }
}
