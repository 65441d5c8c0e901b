internal import Foundation
internal import GRDB

/// A SQLite file that keeps what became of seeds, so that a search that ended, was interrupted or was killed can be gone on with.
///
/// One file may hold several searches, each with a ``SearchIdentity`` of its own. While it is open it belongs to this process; another one
/// is refused. Beside it there is a file of the same name with `-wal` at its end, which is gone once the store is closed; after a kill it holds
/// what was written last, and is taken up when the store is opened again.
public final class ResultStore: Sendable {
    /// The path of the file.
    public let path: String
    private let database: DatabaseQueue

    /// Opens a file, or makes it if there is none or nothing in it.
    ///
    /// - Throws: ``StoreError`` if it is a file of another kind, which stays as it is, or if another process has it open.
    public init(path: String) throws(StoreError) {
        self.path = path
        // A file that is made takes the place of what is there, which is not to be a link.
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        do {
            if try StoreFile.kind(of: place) == .nothing { try StoreFile.make(at: place) }
            database = try Self.open(place)
        } catch {
            throw StoreError(path, error)
        }
    }

    /// Opens the database. What is committed outlives the end of the process; an end of the whole machine may take the last commits
    /// with it, but no part of one.
    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The search with an identity: that of an earlier process, or a new one.
    ///
    /// - Parameters:
    ///   - identity: What is searched.
    ///   - file: The path of the scenario, for people who look into the store.
    public func search(_ identity: SearchIdentity, file: String) throws(StoreError) -> StoredSearch {
        do {
            let overrides = String(decoding: try JSONEncoder().encode(identity.overrides), as: UTF8.self)
            let number = try database.write { database in
                let known = try Int64.fetchOne(
                    database,
                    sql: "SELECT id FROM search WHERE scenario = ? AND overrides = ? AND version = ? AND mutant IS ?",
                    arguments: [identity.scenario, overrides, identity.version, identity.mutant])
                if let known { return known }
                try database.execute(
                    sql: "INSERT INTO search (scenario, overrides, version, mutant, file) VALUES (?, ?, ?, ?, ?)",
                    arguments: [identity.scenario, overrides, identity.version, identity.mutant, file])
                return database.lastInsertedRowID
            }
            return StoredSearch(database: database, path: path, number: number)
        } catch {
            throw StoreError(path, error)
        }
    }

    /// Closes the file. Searches of it must have been closed before.
    public func close() throws(StoreError) {
        do {
            try database.close()
        } catch {
            throw StoreError(path, error)
        }
    }
}
