import Testing

@testable import Chat

@Suite("Log buffer")
struct LogBufferTests {
    @Test("a sync that failed is tried again with the same records, and what came meanwhile follows")
    func retry() {
        var buffer = LogBuffer<Int>()
        var outbox = Outbox()
        buffer.append(1, bytes: 10, outbox: &outbox)
        buffer.append(2, bytes: 20, outbox: &outbox)
        #expect(outbox.effects == [.sync(bytes: 10)] && buffer.underway == [1])
        outbox.removeAll()
        buffer.retrySync(outbox: &outbox)
        buffer.retrySync(outbox: &outbox)
        #expect(outbox.effects == [.sync(bytes: 10), .sync(bytes: 10)])
        outbox.removeAll()
        #expect(buffer.synced(outbox: &outbox) == [1])
        #expect(outbox.effects == [.sync(bytes: 20)] && buffer.underway == [2])
    }
}
