import Chat
import Testing

@Suite("Placement")
struct PlacementTests {
    private let placement = Placement(
        firstProcess: 10, loadBalancerCount: 2, chatServerCount: 3, storageServerCount: 4, cacheServerCount: 2)

    @Test("tiers follow one another and no two servers share a process")
    func tiers() {
        let addresses =
            (0..<2).map(placement.loadBalancerAddress) + (0..<3).map(placement.chatServerAddress)
            + (0..<4).map(placement.storageServerAddress) + (0..<2).map(placement.cacheServerAddress)
        #expect(addresses.map(\.process) == Array(10..<21) && placement.endOfServers == 21)
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
