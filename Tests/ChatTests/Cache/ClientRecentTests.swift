import Testing

@testable import Chat

@Suite("Client: reading what is recent")
struct ClientRecentTests {
    private static let device = DeviceID(user: UserID(9), index: 0)
    private static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1, cacheServerCount: 1)
    private static let chatServer = placement.chatServerAddress(0)
    private let configuration = ClientConfiguration(
        sequencing: .perUserSequence, inFlightMax: 1,
        retry: RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0),
        reconnect: RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0), connectTimeoutNanoseconds: 1000, heartbeatPeriodNanoseconds: 1000,
        heartbeatTimeoutNanoseconds: 3000)

    private func online() -> Client {
        var client = Client(device: Self.device, port: 0, placement: Self.placement, jitterSeed: 1)
        client.connection = .online(chatServer: 0)
        return client
    }

    private func row(_ place: UInt32, reading: UInt16, isConversation: Bool = false) -> WireMessage {
        .cache(
            .recentRow(
                RecentRow(
                    row: CacheTableTests.row(place, from: 1, to: 9, in: 9), deviceIndex: 0, reading: reading,
                    isConversation: isConversation)))
    }

    private func observed(_ outbox: Outbox) -> [Observation.Kind] {
        outbox.effects.compactMap { if case .observe(let observation) = $0 { observation.kind } else { nil } }
    }

    @Test("a reading is done when all rows of the answer are there")
    func reads() {
        var client = online()
        var outbox = Outbox()
        client.readRecent(configuration: configuration, outbox: &outbox)
        #expect(
            outbox.effects.contains(
                .send(.cache(.readRecent(Self.device, reading: 0)), to: Self.chatServer, fromPort: 0)))
        outbox.removeAll()
        let answer = [
            row(1, reading: 0), row(1, reading: 0, isConversation: true),
            .cache(.recentEnd(Self.device, reading: 0, messageCount: 1, conversationCount: 1)),
        ]
        for message in answer {
            client.receive(
                message, from: Self.chatServer, nowNanoseconds: 5, configuration: configuration, outbox: &outbox)
        }
        #expect(observed(outbox) == [.recentMessage, .recentConversation, .recentRead])
    }

    @Test("if a row was lost the device asks again, and rows of the first answer are not taken for the second's")
    func asksAgain() {
        var client = online()
        var outbox = Outbox()
        client.readRecent(configuration: configuration, outbox: &outbox)
        client.receive(
            .cache(.recentEnd(Self.device, reading: 0, messageCount: 1, conversationCount: 1)), from: Self.chatServer,
            nowNanoseconds: 5, configuration: configuration, outbox: &outbox)
        #expect(!observed(outbox).contains(.recentRead))
        outbox.removeAll()
        client.fire(
            TimerToken(kind: Client.TimerKind.reading.rawValue, value: 0), nowNanoseconds: 100,
            configuration: configuration, outbox: &outbox)
        #expect(
            outbox.effects.contains(
                .send(.cache(.readRecent(Self.device, reading: 1)), to: Self.chatServer, fromPort: 0)))
        client.receive(
            row(1, reading: 0), from: Self.chatServer, nowNanoseconds: 101, configuration: configuration,
            outbox: &outbox)
        #expect(client.reading?.rows.isEmpty == true)
    }
}
