internal import GRDB

/// Why a file cannot keep the outcomes of a search, or could not any more.
public struct StoreError: Error, Hashable, CustomStringConvertible {
    /// What is wrong with the file, and what to do.
    public let description: String

    /// Tells what is wrong with a file by what its opening, reading or writing came upon.
    init(_ path: String, _ error: any Error) {
        let reason =
            switch error {
            case let error as UnfitFile: error.reason
            case let error as DatabaseError: Self.words(error)
            default: "\(error)"
            }
        description = "\(path): error: \(reason)"
    }

    private static func words(_ error: DatabaseError) -> String {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another search is using the file"
        case .SQLITE_CANTOPEN: "the file cannot be opened or made; its folder must be there"
        case .SQLITE_READONLY, .SQLITE_PERM: "the file cannot be written"
        case .SQLITE_IOERR:
            "the file cannot be read, written or locked (code \(error.extendedResultCode.rawValue))"
        case .SQLITE_FULL: "there is no space left for the file"
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: "the file is damaged"
        default: "\(error.message ?? "SQLite failed") (code \(error.extendedResultCode.rawValue))"
        }
    }
}

/// A file that is none to keep outcomes in.
struct UnfitFile: Error {
    /// Why not.
    let reason: String
}
