import Testing

@testable import Chat

@Suite("Sorted rows")
struct SortedRowsTests {
    /// Keys close to one another, so that some come again.
    private func rows(_ count: Int, seed: UInt64, places: UInt64) -> [StoredRow] {
        var random = JitterGenerator(seed: seed)
        return (0..<count).map { number in
            StoredRow(
                RowKey(
                    StorageTable.allCases[Int(random.below(6))], partition: UInt32(random.below(7)),
                    place: random.below(places)), number: UInt32(number))
        }
    }

    @Test("rows come in the order of keys, the last of each key", arguments: [10, 130, 4000] as [Int])
    func order(count: Int) {
        var sorted = SortedRows()
        var newest: [RowKey: StoredRow] = [:]
        for row in rows(count, seed: 3, places: 40) {
            #expect(sorted.put(row) == newest.updateValue(row, forKey: row.key))
        }
        let expected = newest.values.sorted { $0.key < $1.key }
        #expect(sorted.count == expected.count)
        var forwards: [StoredRow] = []
        var next = sorted.firstPosition
        while let position = next {
            forwards.append(sorted[position])
            next = sorted.position(after: position)
        }
        #expect(forwards == expected)
        var backwards: [StoredRow] = []
        next = sorted.lastPosition(notAfter: RowKey(.thread, partition: .max, place: .max))
        while let position = next {
            backwards.append(sorted[position])
            next = sorted.position(before: position)
        }
        #expect(backwards == expected.reversed())
    }

    @Test("a key is found from both sides, whether it is there or not")
    func bounds() {
        var sorted = SortedRows()
        #expect(sorted.firstPosition == nil)
        #expect(sorted.firstPosition(notBefore: RowKey(.user, partition: 0, place: 0)) == nil)
        #expect(sorted.lastPosition(notAfter: RowKey(.user, partition: 0, place: 0)) == nil)
        let all = rows(600, seed: 5, places: 10_000)
        for row in all { sorted.put(row) }
        let keys = all.map(\.key).sorted()
        for probe in rows(100, seed: 6, places: 10_000) + all {
            let notBefore = keys.first { $0 >= probe.key }
            let notAfter = keys.last { $0 <= probe.key }
            #expect(sorted.firstPosition(notBefore: probe.key).map { sorted[$0].key } == notBefore)
            #expect(sorted.lastPosition(notAfter: probe.key).map { sorted[$0].key } == notAfter)
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
