import Testing

@testable import Chat

@Suite("Flat table")
struct FlatTableTests {
    /// A key whose hash says little, so that many cells are searched.
    private struct Crowded: FlatKey {
        let number: UInt32
        var tableWord: UInt64 { UInt64(number % 3) }
    }

    private static func agree<Key: FlatKey>(_ keys: [Key]) {
        var table = FlatTable<Key, Int>()
        var dictionary: [Key: Int] = [:]
        var random = JitterGenerator(seed: 1)
        for step in 0..<20_000 {
            let key = keys[Int(random.below(UInt64(keys.count)))]
            switch random.below(6) {
            case 0:
                let removed = table.removeValue(forKey: key)
                #expect(removed == dictionary[key])
                dictionary[key] = nil
            case 1:
                table[key] = nil
                dictionary[key] = nil
            case 2:
                table.update(key, default: 5) { $0 += step }
                dictionary[key, default: 5] += step
            case 3:
                table[key]? -= 1
                table.update(key) { $0 -= 1 }
                dictionary[key]? -= 2
            default:
                table[key] = step
                dictionary[key] = step
            }
            #expect(table[key] == dictionary[key] && table.count == dictionary.count)
            #expect(table.contains(key) == (dictionary[key] != nil))
            #expect(table.withAddress(of: key) { $0.pointee } == dictionary[key])
        }
        for key in keys { #expect(table[key] == dictionary[key]) }
        table.removeAll { $0 % 2 == 0 }
        dictionary = dictionary.filter { $0.value % 2 != 0 }
        #expect(table.count == dictionary.count && Set(table.keys) == Set(dictionary.keys))
        #expect(table.pairs.allSatisfy { dictionary[$0.key] == $0.value })
        #expect(table.values.sorted() == dictionary.values.sorted())
        table.removeAll()
        #expect(table.isEmpty && keys.allSatisfy { table[$0] == nil })
    }

    @Test("it holds what a dictionary holds after any changes")
    func likeADictionary() {
        Self.agree((0..<200).map { UserID($0 * 7919) })
    }

    @Test("even if many keys share their place")
    func crowded() {
        Self.agree((0..<40).map { Crowded(number: $0) })
    }

    @Test("values that refer to memory of their own keep it while others come and go")
    func referringValues() {
        var table = FlatTable<UserID, [Int]>()
        var dictionary: [UserID: [Int]] = [:]
        var random = JitterGenerator(seed: 2)
        for step in 0..<5_000 {
            let key = UserID(UInt32(random.below(60)))
            switch random.below(4) {
            case 0:
                table[key] = nil
                dictionary[key] = nil
            case 1:
                table[key] = [step]
                dictionary[key] = [step]
            default:
                table.update(key, default: []) { $0.append(step) }
                dictionary[key, default: []].append(step)
            }
            #expect(table[key] == dictionary[key])
        }
        for (key, value) in dictionary { #expect(table.withAddress(of: key) { $0.pointee.count } == value.count) }
        #expect(table.count == dictionary.count)
    }

    @Test("a copy is not changed with the original")
    func copies() {
        var table: FlatTable<UserID, [Int]> = [UserID(1): [1], UserID(2): [2]]
        let copy = table
        table[UserID(1)]?.append(3)
        table[UserID(2)] = nil
        #expect(table[UserID(1)] == [1, 3] && copy[UserID(1)] == [1])
        #expect(table.count == 1 && copy[UserID(2)] == [2])
    }
}
