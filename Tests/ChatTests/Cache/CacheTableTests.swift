import Testing

@testable import Chat

@Suite("Cache entries")
struct CacheTableTests {
    static func row(_ place: UInt32, from sender: UInt32, to recipient: UInt32, in owner: UInt32) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(sender), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: place)),
                recipient: UserID(recipient), contentBytes: 10, sequence: place), isRecipients: owner == recipient)
    }

    @Test("the last row of each conversation is in one index, the last rows in the other")
    func indices() {
        let rows = [
            Self.row(1, from: 1, to: 9, in: 9), Self.row(2, from: 9, to: 2, in: 9), Self.row(3, from: 9, to: 1, in: 9),
        ]
        var entry = CacheEntry(rows: rows)
        #expect(entry.messages.map(\.record.sequence) == [1, 2, 3])
        #expect(entry.conversations.map(\.record.sequence) == [2, 3])
        entry.addConversation(rows[0])
        entry.addMessage(rows[0])
        #expect(entry.conversations.map(\.record.sequence) == [2, 3], "a row that comes again changes nothing")
        #expect(entry.messages.count == 3)
    }

    @Test("both indices are bounded")
    func bounds() {
        let count = UInt32(CacheConfiguration.rowsMax + 10)
        let entry = CacheEntry(rows: (1...count).map { Self.row($0, from: $0 + 10, to: 9, in: 9) })
        #expect(entry.messages.count == CacheConfiguration.rowsMax && entry.messages.last?.record.sequence == count)
        #expect(entry.conversations.count == CacheConfiguration.conversationsMax)
    }

    @Test("rows are served only from where the entry begins")
    func pages() {
        let entry = CacheEntry(rows: (5...8).map { Self.row($0, from: 1, to: 9, in: 9) })
        #expect(entry.rows(after: 3, limit: 10) == nil)
        #expect(entry.rows(after: 4, limit: 2).map(Array.init)?.map(\.record.sequence) == [5, 6])
        #expect(entry.rows(after: 8, limit: 2)?.isEmpty == true)
    }

    @Test("the entry that was used least recently gives way")
    func eviction() {
        var table = CacheTable(countMax: 2)
        let empty = CacheEntry(rows: [])
        var evicted = [1, 2].map { table.insert(empty, for: UserID($0)) }
        #expect(table.use(UserID(1)) != nil)
        evicted.append(table.insert(empty, for: UserID(3)))
        #expect(evicted == [false, false, true])
        #expect(table[UserID(2)] == nil && table[UserID(1)] != nil && table[UserID(3)] != nil)
    }

    @Test("the table agrees with a list that is kept in the order of use", arguments: 0..<20)
    func againstList(seed: UInt64) {
        var draws = JitterGenerator(seed: seed)
        var table = CacheTable(countMax: 5)
        var list: [UInt32] = []
        for _ in 0..<400 {
            let user = UInt32(draws.below(9))
            switch draws.below(4) {
            case 0:
                table.remove(UserID(user))
                list.removeAll { $0 == user }
            case 1:
                let isThere = table.use(UserID(user)) != nil
                #expect(isThere == list.contains(user))
                if isThere {
                    list.removeAll { $0 == user }
                    list.append(user)
                }
            default:
                let evicts = table.insert(CacheEntry(rows: []), for: UserID(user))
                #expect(evicts == (!list.contains(user) && list.count == 5))
                list.removeAll { $0 == user }
                if evicts { list.removeFirst() }
                list.append(user)
            }
            #expect((0..<9).filter { table[UserID($0)] != nil } == list.sorted())
            #expect(table.count == list.count)
        }
    }
}
