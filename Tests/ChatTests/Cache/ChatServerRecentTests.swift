import Testing

@testable import Chat

@Suite("Chat server: with a cache")
struct ChatServerRecentTests {
    private static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1, cacheServerCount: 2)
    private static let device = DeviceID(user: UserID(3), index: 0)
    private static let address = Address(process: 100)
    private static let cache = placement.cacheServerAddress(1)

    private func server() -> ChatServer {
        let retry = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0)
        return ChatServer(
            number: 0, placement: Self.placement,
            configuration: ChatServerConfiguration(
                acknowledge: .afterStore, offline: .storeAndRedeliver, connectionsMax: 10,
                heartbeatTimeoutNanoseconds: 1000, sweepPeriodNanoseconds: 400, poolConnectionsPerStorageServer: 4,
                storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 200, requestRetry: retry,
                cacheMapping: ServerMapping(.modulo, serverCount: 2)),
            balancing: BalancingConfiguration(Self.placement), jitterSeed: 1)
    }

    private func receive(
        _ message: WireMessage, from source: Address, at port: UInt32 = 0, _ server: inout ChatServer
    )
        -> [Effect]
    {
        var outbox = Outbox()
        server.receive(message, from: source, atPort: port, nowNanoseconds: 1, outbox: &outbox)
        return outbox.effects
    }

    @Test("rows are asked of the user's cache server, and so is what is recent; the answer goes on to the device")
    func passesOn() throws {
        var server = server()
        let opening = receive(.open(Self.device), from: Self.address, &server)
        guard case .send(.load(Self.device.user, _, _), Self.cache, let port)? = opening.first else {
            Issue.record("the cache server was not asked: \(opening)")
            return
        }
        _ = receive(.rowsEnd(Self.device.user, count: 0, head: 0), from: Self.cache, at: port, &server)
        let asking = receive(.cache(.readRecent(Self.device, reading: 7)), from: Self.address, &server)
        #expect(asking == [.send(.cache(.recent(Self.device, reading: 7, head: 0)), to: Self.cache, fromPort: 0)])
        let end = WireMessage.cache(.recentEnd(Self.device, reading: 7, messageCount: 0, conversationCount: 0))
        #expect(receive(end, from: Self.cache, &server) == [.send(end, to: Self.address, fromPort: 0)])
    }

    @Test("a device without a connection is told so, and nothing is passed on to one that has gone")
    func unconnected() {
        var server = server()
        let asking = receive(.cache(.readRecent(Self.device, reading: 7)), from: Self.address, &server)
        #expect(asking == [.send(.reset(Self.device), to: Self.address, fromPort: 0)])
        let end = WireMessage.cache(.recentEnd(Self.device, reading: 7, messageCount: 0, conversationCount: 0))
        #expect(receive(end, from: Self.cache, &server).isEmpty)
    }
}
