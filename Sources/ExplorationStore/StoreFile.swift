internal import Foundation
internal import GRDB

/// A file that outcomes are kept in: how it is told from other files, and how it is made.
enum StoreFile {
    /// What marks a SQLite file as one of these: `Cnfb`, at byte 68 of the file.
    static let applicationID: UInt32 = 0x436E_6662
    /// The version of the tables, at byte 60 of the file.
    static let tablesVersion: UInt32 = 1

    /// What a file is.
    enum Kind: Hashable {
        /// Outcomes can be kept in it.
        case store
        /// It can be made: there is no such file, or there is nothing in it.
        case nothing
    }

    /// Looks at a file, and does not change it.
    ///
    /// - Throws: ``UnfitFile`` if it is a file of another kind.
    static func kind(of path: String) throws -> Kind {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            guard !FileManager.default.fileExists(atPath: path + "-wal") else {
                throw UnfitFile(
                    reason:
                        "there is no such file, but a `\(path)-wal` that belonged to one; put the one back or remove the other"
                )
            }
            return .nothing
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw UnfitFile(reason: "this is not a regular file")
        }
        guard let file = FileHandle(forReadingAtPath: path), FileManager.default.isWritableFile(atPath: path) else {
            throw UnfitFile(reason: "the file cannot be read and written")
        }
        let header = [UInt8](try file.read(upToCount: 100) ?? Data())
        try file.close()
        if header.isEmpty { return .nothing }
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw UnfitFile(reason: "this is not a SQLite file; it was left as it is")
        }
        guard number(at: 68, of: header) == applicationID else {
            throw UnfitFile(reason: "this SQLite file was not made by `confab explore`; it was left as it is")
        }
        let version = number(at: 60, of: header)
        guard version == tablesVersion else {
            throw UnfitFile(
                reason:
                    "the file has tables of version \(version), and this Confab reads version \(tablesVersion)")
        }
        return .store
    }

    /// Makes a file without outcomes, whole or not at all.
    static func make(at path: String) throws {
        let draft = "\(path).new-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        let database = try DatabaseQueue(path: draft)
        try database.write { database in
            try database.execute(
                sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(tablesVersion)")
            try database.execute(sql: tables)
        }
        try database.close()
        try replace(path, with: draft)
    }

    private static func replace(_ path: String, with draft: String) throws {
        guard rename(draft, path) == 0 else {
            throw UnfitFile(reason: "the file cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private static func number(at place: Int, of header: [UInt8]) -> UInt32 {
        header[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The tables. A search is what a digest is a function of beside the seed; a seed occurs once in it.
    private static let tables = """
        CREATE TABLE search (
            id INTEGER PRIMARY KEY,
            scenario TEXT NOT NULL, -- the text of the file
            overrides TEXT NOT NULL, -- a JSON list of path=value
            version TEXT NOT NULL, -- of Confab
            mutant TEXT, -- the planted bug, if there is one
            file TEXT NOT NULL -- where the scenario was when the search began
        ) STRICT;
        CREATE TABLE seed (
            search INTEGER NOT NULL REFERENCES search,
            seed INTEGER NOT NULL,
            digest TEXT NOT NULL, -- 16 hexadecimal digits
            events INTEGER NOT NULL,
            wall_nanoseconds INTEGER NOT NULL,
            reached TEXT NOT NULL, -- a 1 or 0 for each goal of the scenario, in order
            situations BLOB NOT NULL, -- numbers in ascending order: the first, then differences, in LEB128
            PRIMARY KEY (search, seed)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE failure (
            search INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            place INTEGER NOT NULL, -- from zero, in the order of the invariants
            invariant TEXT NOT NULL,
            cause TEXT NOT NULL, -- what failures of the same kind have in common
            sentence TEXT NOT NULL, -- the first violation, in words
            PRIMARY KEY (search, seed, place),
            FOREIGN KEY (search, seed) REFERENCES seed
        ) STRICT, WITHOUT ROWID;
        """
}
