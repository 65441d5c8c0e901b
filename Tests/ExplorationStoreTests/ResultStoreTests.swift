import Exploration
import Foundation
import GRDB
import Testing

@testable import ExplorationStore

@Suite("Store of outcomes")
struct ResultStoreTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("s.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Opens the store, does something with a search of it and closes it.
    private func with<Value>(
        _ identity: SearchIdentity = Outcomes.identity, _ body: (StoredSearch) throws -> Value
    ) throws -> Value {
        let store = try ResultStore(path: path)
        let search = try store.search(identity, file: "race.yaml")
        let value = try body(search)
        try search.close()
        try store.close()
        return value
    }

    /// All that is known of some seeds, read in their order.
    private func known(_ identity: SearchIdentity = Outcomes.identity) throws -> [SeedRecord] {
        try with(identity) { search in
            let known = try search.knownSeeds()
            return try known.ranges.flatMap { try $0.map { try known.record(of: $0) } }
        }
    }

    @Test("outcomes come back as they were, whatever was first, more than are read or written at once")
    func roundTrip() throws {
        try with { search in
            for seed in 2000..<2600 as Range<UInt64> { try search.append(Outcomes.record(seed)) }
            for seed in 0..<1500 as Range<UInt64> { try search.append(Outcomes.record(seed)) }
        }
        #expect(try with { try $0.knownSeeds().ranges } == [0..<1500, 2000..<2600])
        #expect(try known() == (Array(0..<1500) + Array(2000..<2600)).map(Outcomes.record))
        #expect(try folder.names == ["s.sqlite"], "nothing is left beside it")
    }

    @Test("a seed is stored once, and what would store it again is an error that leaves the store as it was")
    func once() throws {
        try with { try $0.append(Outcomes.record(3)) }
        #expect(throws: StoreError.self) {
            try with { search in
                for seed in 2...4 as ClosedRange<UInt64> { try search.append(Outcomes.record(seed)) }
            }
        }
        #expect(try known().map(\.outcome.seed) == [3])
    }

    @Test("another text, change, version or mutant is another search in the same file")
    func identities() throws {
        var others = Array(repeating: Outcomes.identity, count: 5)
        others[1].scenario += " "
        others[2].overrides.reverse()
        others[3].version = "1.1"
        others[4].mutant = "ack_before_log"
        for (number, identity) in others.enumerated() {
            try with(identity) { search in
                #expect(try search.knownSeeds().ranges.isEmpty)
                try search.append(Outcomes.record(UInt64(number)))
            }
        }
        for (number, identity) in others.enumerated() {
            #expect(try known(identity) == [Outcomes.record(UInt64(number))])
        }
    }

    @Test("while a search uses the file, another is refused")
    func busy() throws {
        try with { search in
            #expect {
                _ = try ResultStore(path: path)
            } throws: {
                "\($0)".contains("another search is using the file")
            }
            try search.append(Outcomes.record(1))
        }
        #expect(try known().count == 1)
    }

    @Test("what was written is there though nobody closed the store, as after a kill")
    func unclosed() throws {
        let store = try ResultStore(path: path)
        let search = try store.search(Outcomes.identity, file: "race.yaml")
        for seed in 0..<UInt64(StoredSearch.batchMax + 10) { try search.append(Outcomes.record(seed)) }
        let copy = folder.path("copy.sqlite")
        for end in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + end, toPath: copy + end) }
        let opened = try ResultStore(path: copy)
        #expect(
            try opened.search(Outcomes.identity, file: "").knownSeeds().ranges == [0..<UInt64(StoredSearch.batchMax)])
    }

    @Test("people find searches, seeds and failures in tables")
    func tables() throws {
        try with { search in
            for seed in 1...3 as ClosedRange<UInt64> { try search.append(Outcomes.record(seed)) }
        }
        let database = try DatabaseQueue(path: path)
        try database.read { database in
            let causes = try String.fetchAll(database, sql: "SELECT cause FROM failure WHERE invariant = 'sender_fifo'")
            #expect(causes == ["bob.phone shows # before #"])
            let seeds = try Row.fetchAll(
                database, sql: "SELECT seed, digest, events, wall_nanoseconds, reached FROM seed")
            #expect(
                seeds[1] == [
                    "seed": 2, "digest": "00000000000000a2", "events": 14, "wall_nanoseconds": 7, "reached": "11",
                ])
            #expect(
                try Row.fetchOne(database, sql: "SELECT file, overrides FROM search") == [
                    "file": "race.yaml", "overrides": "[\"a=1\",\"b=2\"]",
                ])
        }
    }
}
