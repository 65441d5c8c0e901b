import Chat
import Testing

@Suite("Placement")
struct PlacementTests {
    private let placement = Placement(
        firstProcess: 10, loadBalancerCount: 2, chatServerCount: 3, storageServerCount: 4, cacheServerCount: 2,
        objectStoreCount: 3)

    @Test("tiers follow one another and no two servers share a process")
    func tiers() {
        let addresses =
            (0..<2).map(placement.loadBalancerAddress) + (0..<3).map(placement.chatServerAddress)
            + (0..<4).map(placement.storageServerAddress) + (0..<2).map(placement.cacheServerAddress)
        #expect(addresses.map(\.process) == Array(10..<21))
        #expect(placement.firstObjectStore == 21 && placement.endOfServers == 24)
    }

    @Test("media of a message are at one object store, and those of many are spread evenly")
    func objectStores() {
        var counts: [UInt32: Int] = [:]
        for ordinal: UInt32 in 0..<3000 {
            let message = MessageID(
                sender: UserID(ordinal % 10),
                clientMessageID: ClientMessageID(deviceIndex: UInt8(ordinal % 2), ordinal: ordinal))
            let address = placement.objectStoreAddress(of: message)
            #expect(address == placement.objectStoreAddress(of: message) && address.port == 0)
            counts[address.process, default: 0] += 1
        }
        #expect(Set(counts.keys) == [21, 22, 23])
        #expect(counts.values.allSatisfy { (900...1100).contains($0) })
    }

    @Test("storage goes by logical shard")
    func users() {
        #expect(placement.storageServer(of: UserID(3)) == placement.storageServer(of: UserID(1003)))
    }

    @Test("a device that got no answer asks the next load balancer")
    func loadBalancers() {
        let device = DeviceID(user: UserID(4), index: 1)
        #expect(placement.loadBalancer(for: device, attempt: 0) != placement.loadBalancer(for: device, attempt: 1))
    }

    @Test("a load balancer sends a device to its user's chat server")
    func resolve() {
        var balancer = LoadBalancer(number: 0, placement: placement, balancing: BalancingConfiguration(placement))
        var outbox = Outbox()
        let device = DeviceID(user: UserID(5), index: 0)
        balancer.receive(.resolve(device), from: Address(process: 99, port: 3), nowNanoseconds: 0, outbox: &outbox)
        #expect(
            outbox.effects == [
                .send(.assigned(device, chatServer: 2), to: Address(process: 99, port: 3), fromPort: 0)
            ])
    }
}
