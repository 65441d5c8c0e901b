import Testing

@testable import Chat

/// A device of which users may move to another chat server tells each server that it connects to what it has last.
@Suite("Places that a device confirms")
struct ClientPlacesTests {
    private static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1)
    private static let device = DeviceID(user: UserID(0), index: 0)
    private static let server = placement.chatServerAddress(0)

    private struct Phone {
        let configuration: ClientConfiguration
        var client = Client(device: device, port: 0, placement: placement, jitterSeed: 1)
        var sent: [WireMessage] = []

        init() {
            let policy = RetryPolicy(
                firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
                attemptsMax: 0)
            configuration = ClientConfiguration(
                sequencing: .perUserSequence, inFlightMax: 1, retry: policy, reconnect: policy,
                connectTimeoutNanoseconds: 500, heartbeatPeriodNanoseconds: 1000, heartbeatTimeoutNanoseconds: 2500,
                confirmsPlaces: true)
        }

        mutating func perform(_ body: (inout Client, ClientConfiguration, inout Outbox) -> Void) {
            var outbox = Outbox()
            body(&client, configuration, &outbox)
            sent = outbox.effects.compactMap { if case .send(let message, _, _) = $0 { message } else { nil } }
        }

        mutating func receive(_ message: WireMessage, from source: Address = server) {
            perform { $0.receive(message, from: source, nowNanoseconds: 0, configuration: $1, outbox: &$2) }
        }

        /// Connects, and says which places it confirmed.
        mutating func connect(head: UInt32) -> [UInt32] {
            perform { client, configuration, outbox in
                client.connect(configuration: configuration, outbox: &outbox)
                client.waitIsOver(configuration: configuration, outbox: &outbox)
            }
            receive(.assigned(device, chatServer: 0), from: placement.loadBalancerAddress(0))
            receive(.opened(device, head: head))
            return sent.compactMap {
                if case .balancing(.lastShown(_, let place, let id)) = $0, id == Self.message(place) {
                    place
                } else {
                    nil
                }
            }
        }

        /// The message that the device shows at a place.
        static func message(_ place: UInt32) -> MessageID {
            MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: place))
        }

        mutating func push(_ place: UInt32) {
            let record = MessageRecord(
                id: Self.message(place), recipient: device.user, contentBytes: 10, sequence: place)
            receive(.push(MailboxRow(record: record, isRecipients: true), wantsReceipt: false))
        }
    }

    @Test("what was told over a connection that ended is told again, beside what the device has got since")
    func toldAgain() {
        var phone = Phone()
        #expect(phone.connect(head: 0) == [])
        phone.push(1)
        phone.receive(.reset(Self.device))
        #expect(phone.connect(head: 1) == [1])
        phone.push(2)
        phone.receive(.reset(Self.device))
        #expect(phone.connect(head: 2) == [1, 2], "nobody may have heard that the first place is taken")
    }

    @Test("an answer to a later word shows that the server has heard, and going back settles it")
    func heard() {
        for answer: WireMessage in [.heartbeatReply(Self.device, head: 2), .balancing(.rewind(Self.device, to: 1))] {
            var phone = Phone()
            _ = phone.connect(head: 0)
            phone.push(1)
            phone.push(2)
            phone.receive(.reset(Self.device))
            #expect(phone.connect(head: 2) == [2])
            phone.receive(answer)
            #expect(phone.client.unconfirmed.isEmpty)
        }
    }

    @Test("of places that come again anyway nothing is told, and no more than some are remembered")
    func bounded() {
        var phone = Phone()
        _ = phone.connect(head: 0)
        for place: UInt32 in 1...20 {
            phone.push(place)
            phone.receive(.reset(Self.device))
            let places = phone.connect(head: place)
            #expect(places.count == min(Int(place), Client.unconfirmedMax))
            #expect(places.first == 1 && places.last == place)
        }
        phone.receive(.reset(Self.device))
        _ = phone.connect(head: 1)
        #expect(phone.client.unconfirmed.map(\.sequence) == [1])
    }
}
