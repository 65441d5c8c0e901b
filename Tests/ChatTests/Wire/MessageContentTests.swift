import Chat
import Testing

@Suite("Message content")
struct MessageContentTests {
    @Test("content counts with its size, a reference with its own, whatever it refers to")
    func sizes() {
        #expect(MessageContent(bytes: 5000).carriedBytes == 5000)
        #expect(MessageContent(bytes: 5000).mediaBytes == nil)
        let reference = MessageContent(referringToBytes: 5_000_000)
        #expect(reference.carriedBytes == MessageContent.referenceBytes)
        #expect(reference.mediaBytes == 5_000_000)
    }

    @Test("sizes beyond 31 bits count as the greatest", arguments: [0x7fff_ffff, 0x8000_0000, .max] as [UInt32])
    func greatest(bytes: UInt32) {
        #expect(MessageContent(bytes: bytes).carriedBytes == MessageContent.bytesMax)
        #expect(MessageContent(referringToBytes: bytes).mediaBytes == MessageContent.bytesMax)
    }

    @Test("a row of the storage and a batch for members keep a reference as it is")
    func kept() {
        let content = MessageContent(referringToBytes: 70_000)
        let record = MessageRecord(
            id: MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: 2)),
            recipient: UserID(3), content: content, timestampNanoseconds: 4, sequence: 5)
        let row = StoredRow(message: MailboxRow(record: record, isRecipients: true))
        #expect(row.sizeBytes == UInt64(StoredRow.overheadBytes + MessageContent.referenceBytes))
        var words: [UInt64] = []
        row.append(to: &words)
        let restored = words.withUnsafeBufferPointer { StoredRow(words: $0, at: 0) }
        #expect(restored.mailboxRow.record == record)
    }
}
