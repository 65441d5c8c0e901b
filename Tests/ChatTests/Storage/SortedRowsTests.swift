import Testing

@testable import Chat

@Suite("Sorted rows")
struct SortedRowsTests {
    /// Rows with different keys close to one another, in any order.
    private func rows(_ count: Int, seed: UInt64, places: UInt64) -> [StoredRow] {
        var random = JitterGenerator(seed: seed)
        var rows: [RowKey: StoredRow] = [:]
        for number in 0..<count {
            let key = RowKey(
                StorageTable.allCases[Int(random.below(6))], partition: UInt32(random.below(7)),
                place: random.below(places))
            rows[key] = StoredRow(key, number: UInt32(number))
        }
        return Array(rows.values)
    }

    @Test("rows come in the order of keys", arguments: [10, 130, 4000] as [Int])
    func order(count: Int) {
        let all = rows(count, seed: 3, places: 40)
        let expected = all.sorted { $0.key < $1.key }
        var appended = SortedRows(capacity: 3)
        for row in expected { appended.append(row) }
        for sorted in [SortedRows(sorting: ContiguousArray(all)), appended] {
            #expect(sorted.count == expected.count && sorted.sizeBytes == expected.reduce(0) { $0 + $1.sizeBytes })
            var forwards: [StoredRow] = []
            var next = sorted.firstPosition(notBefore: .first)
            while let position = next {
                forwards.append(sorted[position])
                next = sorted.position(after: position)
            }
            #expect(forwards == expected)
            var backwards: [StoredRow] = []
            next = sorted.lastPosition(notAfter: .last)
            while let position = next {
                backwards.append(sorted[position])
                next = sorted.position(before: position)
            }
            #expect(backwards == expected.reversed())
        }
    }

    @Test("a key is found from both sides, whether it is there or not")
    func bounds() {
        #expect(SortedRows().firstPosition(notBefore: .first) == nil)
        #expect(SortedRows().lastPosition(notAfter: .last) == nil && SortedRows().isEmpty)
        let all = rows(600, seed: 5, places: 10_000)
        let sorted = SortedRows(sorting: ContiguousArray(all))
        let keys = all.map(\.key).sorted()
        for probe in rows(100, seed: 6, places: 10_000) + all {
            let notBefore = keys.first { $0 >= probe.key }
            let notAfter = keys.last { $0 <= probe.key }
            #expect(sorted.firstPosition(notBefore: probe.key).map { sorted[$0].key } == notBefore)
            #expect(sorted.lastPosition(notAfter: probe.key).map { sorted[$0].key } == notAfter)
            #expect((sorted.row(at: probe.key) != nil) == keys.contains(probe.key))
            #expect(
                sorted.overlaps(probe.key, probe.key) == (keys[0] <= probe.key && probe.key <= keys[keys.count - 1]))
        }
    }

    @Test("a row takes 40 bytes in memory and five words on the way")
    func size() {
        #expect(MemoryLayout<StoredRow>.stride == 40)
        let row = StoredRow(
            RowKey(.groupMessage, partition: .max, place: .max), first: .max, second: 1, number: .max,
            content: MessageContent(rawValue: .max), flags: 0xff)
        var words: [UInt64] = [9]
        row.append(to: &words)
        #expect(words.count == 1 + StoredRow.wordCount)
        #expect(words.withUnsafeBufferPointer { StoredRow(words: $0, at: 1) } == row)
    }
}
