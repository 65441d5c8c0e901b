import Foundation
import GRDB
import Testing

@testable import ExplorationStore

@Suite("Files that outcomes are kept in")
struct StoreFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What opening a file says; the file must be there afterwards as it was before.
    private func refusal(of name: String) throws -> String {
        let path = folder.path(name)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        var message = "it was opened"
        do throws(StoreError) {
            try ResultStore(path: path).close()
        } catch {
            message = error.description
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        let after = try FileManager.default.attributesOfItem(atPath: path)
        #expect(after[.modificationDate] as? Date == attributes[.modificationDate] as? Date)
        #expect(after[.systemFileNumber] as? Int == attributes[.systemFileNumber] as? Int)
        #expect(try folder.names == [name], "nothing was written beside it")
        #expect(message.hasPrefix("\(path): error: "))
        return message
    }

    @Test("a file that is not SQLite is refused and left as it is", arguments: ["confab: 1\n", "SQLite format 3\0"])
    func text(content: String) throws {
        try Data(content.utf8).write(to: folder.url.appendingPathComponent("a.yaml"))
        #expect(try refusal(of: "a.yaml").contains("not a SQLite file"))
    }

    @Test("a database of another program is refused and left as it is")
    func foreign() throws {
        let other = try DatabaseQueue(path: folder.path("mail.sqlite"))
        try other.write { try $0.execute(sql: "CREATE TABLE seed (search INTEGER)") }
        try other.close()
        #expect(try refusal(of: "mail.sqlite").contains("not made by `confab explore`"))
    }

    @Test("a store of another version is refused and left as it is")
    func version() throws {
        try ResultStore(path: folder.path("s.sqlite")).close()
        let other = try DatabaseQueue(path: folder.path("s.sqlite"))
        try other.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA user_version = 2")
        }
        try other.close()
        #expect(try refusal(of: "s.sqlite").contains("tables of version 2"))
    }

    @Test("what is no file cannot be a store")
    func folders() throws {
        for path in [folder.url.path, "/dev/null"] {
            #expect {
                _ = try ResultStore(path: path)
            } throws: {
                "\($0)".contains("not a regular file")
            }
        }
        #expect {
            _ = try ResultStore(path: folder.path("none/s.sqlite"))
        } throws: {
            "\($0)".contains("its folder must be there")
        }
        #expect(try folder.names == [])
    }

    @Test("a file with nothing in it becomes a store, and so does what a link leads to")
    func empty() throws {
        try Data().write(to: folder.url.appendingPathComponent("s.sqlite"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"), withDestinationPath: folder.path("s.sqlite"))
        try ResultStore(path: folder.path("link")).close()
        #expect(try StoreFile.kind(of: folder.path("s.sqlite")) == .store)
        #expect(try folder.names == ["link", "s.sqlite"])
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == folder.path("s.sqlite"))
    }

    @Test("what a file that is gone has left beside it does not come back in a new one")
    func leftOver() throws {
        try Data("frames".utf8).write(to: folder.url.appendingPathComponent("s.sqlite-wal"))
        #expect {
            _ = try ResultStore(path: folder.path("s.sqlite"))
        } throws: {
            "\($0)".contains("s.sqlite-wal")
        }
        #expect(try folder.names == ["s.sqlite-wal"])
    }
}
