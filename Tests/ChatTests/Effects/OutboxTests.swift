import Chat
import Testing

@Suite("Outbox")
struct OutboxTests {
    @Test("words that travel with a message are kept until the effects are performed")
    func attachments() {
        let device = DeviceID(user: UserID(1), index: 0)
        let address = Address(process: 2)
        var outbox = Outbox()
        outbox.send(.heartbeat(device), to: address)
        outbox.send(.open(device), to: address, attachment: [7, 8])
        outbox.send(.close(device), to: address, fromPort: 3, attachment: [9])
        #expect(
            outbox.effects == [
                .send(.heartbeat(device), to: address, fromPort: 0),
                .sendAttached(.open(device), to: address, fromPort: 0, firstWord: 0, wordCount: 2),
                .sendAttached(.close(device), to: address, fromPort: 3, firstWord: 2, wordCount: 1),
            ])
        #expect(outbox.words == [7, 8, 9])
        outbox.removeAll()
        #expect(outbox.effects.isEmpty && outbox.words.isEmpty)
    }
}
