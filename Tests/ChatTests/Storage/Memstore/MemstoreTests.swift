import Testing

@testable import Chat

@Suite("Memstore")
struct MemstoreTests {
    /// The same rows in a dictionary.
    private struct Oracle {
        var rows: [RowKey: StoredRow] = [:]

        mutating func put(_ row: StoredRow) { rows[row.key] = row }

        func rows(in range: RowRange) -> [StoredRow] {
            let found = rows.values.filter {
                $0.table == range.table && $0.partition == range.partition && range.places.contains($0.place)
            }.sorted { $0.key < $1.key }
            return range.isBackwards ? found.reversed() : found
        }
    }

    /// A message between few users at a place of a mailbox, the same now and then.
    private static func message(_ random: inout JitterGenerator) -> StoredRow {
        let ids = (UInt32(random.below(5)), UInt32(random.below(9)), UInt32(random.below(5)))
        let thread = random.below(4) == 0 ? ThreadPart(ThreadID(1 + UInt32(random.below(2)))) : .none
        let record = MessageRecord(
            id: MessageID(sender: UserID(ids.0), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ids.1)),
            recipient: UserID(ids.2), contentBytes: UInt32(random.below(3)),
            timestampNanoseconds: random.below(3) << 40,
            sequence: UInt32(1 + random.below(12)), part: thread)
        return StoredRow(message: MailboxRow(record: record, isRecipients: thread != .none || random.below(2) == 0))
    }

    /// A row of any table, with everything that a row may have.
    private static func row(_ random: inout JitterGenerator) -> StoredRow {
        let key = RowKey(
            StorageTable.allCases[Int(random.below(6))], partition: UInt32(random.below(5)), place: random.below(12))
        if random.below(8) == 0 { return StoredRow(deleting: key) }
        if random.below(4) == 0 { return StoredRow(loginOf: UserID(key.partition), epoch: 3, atNanoseconds: 1 << 50) }
        return StoredRow(
            key, first: random.below(9) << 32, second: random.below(2), number: UInt32(random.below(9)),
            content: MessageContent(bytes: UInt32(random.below(2))), flags: UInt8(random.below(4)))
    }

    @Test("it has the newest row of each key, wherever it keeps it", arguments: 1...40 as ClosedRange<UInt64>)
    func newest(seed: UInt64) {
        var random = JitterGenerator(seed: seed)
        var memstore = Memstore()
        var oracle = Oracle()
        for _ in 0..<150 {
            if random.below(3) == 0 {
                let row = Self.row(&random)
                memstore.put(row)
                oracle.put(row)
            } else {
                let message = Self.message(&random)
                let isLatest = random.below(2) == 0
                memstore.putMessage(message, isLatest: isLatest)
                oracle.put(message)
                oracle.put(message.indexRow)
                if isLatest { oracle.put(message.contactRow) }
            }
            #expect(memstore.count == oracle.rows.count)
            #expect(memstore.sizeBytes == oracle.rows.values.reduce(0) { $0 + $1.sizeBytes })
        }
        for (key, row) in oracle.rows { #expect(memstore.row(at: key) == row) }
        let sorted = memstore.sorted()
        #expect((0..<sorted.count).map { sorted[$0] } == oracle.rows.values.sorted { $0.key < $1.key })
        for table in StorageTable.allCases {
            #expect(memstore.row(at: RowKey(table, partition: 9, place: 1)) == nil)
            for partition: UInt32 in 0..<5 {
                for isBackwards in [false, true] {
                    for places: ClosedRange<UInt64> in [0...UInt64.max, 3...7] {
                        let range = RowRange(
                            table, partition: partition, places: places, limit: 9, isBackwards: isBackwards)
                        var found: [StoredRow] = []
                        memstore.forEachRow(in: range) {
                            found.append($0)
                            return true
                        }
                        #expect(found == oracle.rows(in: range))
                    }
                }
            }
        }
    }

    @Test("a part of a range has as many rows as are wanted, beside deleted ones, and ends there")
    func part() {
        var memstore = Memstore()
        for place: UInt64 in 1...9 { memstore.put(StoredRow(RowKey(.message, partition: 1, place: place))) }
        memstore.put(StoredRow(deleting: RowKey(.message, partition: 1, place: 8)))
        let range = RowRange(.message, partition: 1, limit: 2, isBackwards: true)
        let last = memstore.sorted(range, rowsMax: 2)
        #expect((0..<last.count).map { last[$0].place } == [7, 8, 9])
        let some = memstore.sorted(
            from: RowKey(.message, partition: 1, place: 3), through: RowKey(.message, partition: 1, place: 4))
        #expect((0..<some.count).map { some[$0].place } == [3, 4])
    }

    @Test("what follows from a message is what is derived from the record of a mailbox")
    func derived() {
        let record = MessageRecord(
            id: MessageID(sender: UserID(7), clientMessageID: ClientMessageID(deviceIndex: 2, ordinal: 5)),
            recipient: UserID(8), contentBytes: 3, timestampNanoseconds: 1 << 60, sequence: 4)
        func contact(_ row: MailboxRow) -> RowKey { StoredRow(message: row).contactRow.key }
        let received = MailboxRow(record: record, isRecipients: true)
        #expect(contact(received) == RowKey(.recentContacts, partition: 8, place: 7))
        #expect(
            contact(MailboxRow(record: record, isRecipients: false))
                == RowKey(.recentContacts, partition: 7, place: 8))
        let index = StoredRow(message: received).indexRow
        #expect(index.key == RowKey(.messageIndex, partition: 8, place: record.id.rawValue))
        #expect(index.first == 1 << 60 && index.number == 4)
        let posted = MessageRecord(
            id: record.id, recipient: UserID(8), contentBytes: 3, sequence: 4, part: ThreadPart(ThreadID(6)))
        #expect(
            contact(MailboxRow(record: posted, isRecipients: true))
                == RowKey(.recentContacts, partition: 8, place: 1 << 32 | 6))
    }

    @Test("a user who logs in, again and again, takes less than 40 bytes, and a message of a mailbox less than 130")
    func memory() {
        #expect(MemoryLayout<MemstoreEntry>.stride == 44 && MemoryLayout<OwnerTable.Cell>.stride == 20)
        for count: UInt32 in [1000, 9000, 50_000] {
            var memstore = Memstore()
            for login: UInt64 in 1...2 {
                for user in 0..<count {
                    memstore.put(StoredRow(loginOf: UserID(user * 1000), epoch: 1, atNanoseconds: login))
                }
            }
            #expect(memstore.count == count && memstore.memoryBytes < 40 * Int(count))
            let before = memstore.memoryBytes
            for number in 0..<count {
                let record = MessageRecord(
                    id: MessageID(
                        sender: UserID(number * 7 % count), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: 1)
                    ),
                    recipient: UserID(number * 1000), contentBytes: 100, sequence: 1)
                memstore.putMessage(
                    StoredRow(message: MailboxRow(record: record, isRecipients: true)), isLatest: true)
            }
            #expect(memstore.count == 4 * count && memstore.memoryBytes - before < 130 * Int(count))
        }
    }
}
