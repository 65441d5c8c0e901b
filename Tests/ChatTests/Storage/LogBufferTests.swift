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

    @Test("an array of records that nobody needs any more is filled again, unless it has grown")
    func reuse() {
        var buffer = LogBuffer<Int>()
        var outbox = Outbox()
        for number in 1...3 {
            buffer.append(number, bytes: 1, outbox: &outbox)
            let records = buffer.synced(outbox: &outbox)
            #expect(records == [number] && buffer.isEmpty)
            buffer.reuse(records)
        }
        buffer.append(4, bytes: 1, outbox: &outbox)
        for number in 5...6 { buffer.append(number, bytes: 1, outbox: &outbox) }
        // What waits meanwhile is not lost.
        buffer.reuse(Array(repeating: 0, count: 2))
        #expect(buffer.synced(outbox: &outbox) == [4] && buffer.underway == [5, 6])
    }
}
