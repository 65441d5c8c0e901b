import Chat
import Testing

@Suite("Subjects of messages")
struct WireMessageSubjectTests {
    private static let id = MessageID(
        sender: UserID(3), clientMessageID: ClientMessageID(deviceIndex: 1, ordinal: 4))
    private static let record = MessageRecord(id: id, recipient: UserID(8), contentBytes: 10)
    private static let row = MailboxRow(record: record, isRecipients: true)
    private static let device = DeviceID(user: UserID(8), index: 0)

    @Test(
        "a message that carries a chat message, or tells something about one, is about that",
        arguments: [
            .submit(record), .accepted(id, sequence: 1, timestampNanoseconds: 2), .undelivered(id),
            .push(row, wantsReceipt: true), .pageRow(row), .forward(record), .forwarded(id, delivered: true),
            .put(row, epoch: 1), .row(row), .groups(.post(record)), .groups(.posted(id)), .groups(.refused(id)),
            .media(.upload(id, bytes: 5)), .media(.missing(id)), .balancing(.adopt(row)),
            .balancing(.moved(id, UserID(8), to: 1, isHandedOver: false)),
            .balancing(.lastShown(device, sequence: 1, id)),
        ] as [WireMessage])
    func known(message: WireMessage) {
        #expect(message.subject == Self.id)
    }

    @Test(
        "others are about none",
        arguments: [
            .resolve(device), .heartbeat(device), .putDone(UserID(8), sequence: 1, epoch: 1, fenced: false),
            .polled(device, number: 1, head: 4, contentBytes: 9), .groups(.delivered(number: 4)),
            .balancing(.released(UserID(8))),
        ] as [WireMessage])
    func unknown(message: WireMessage) {
        #expect(message.subject == nil)
    }
}
