import ArgumentParser
import Foundation

/// A file that a command writes: whole or not at all, and never in the place of somebody else's.
struct OutputFile {
    private let path: String

    /// Finds what would otherwise fail when all is done.
    ///
    /// - Parameters:
    ///   - path: Where the file goes.
    ///   - signature: With what every file begins that Confab writes of this kind.
    ///   - force: Whether it may take the place of any file.
    init(path: String, signature: String, force: Bool) throws {
        self.path = path
        let url = URL(fileURLWithPath: path)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { throw ValidationError("\(path) is a folder") }
            guard force || Self.begins(url, with: signature) else {
                throw ValidationError(
                    "\(path) exists and is not by Confab; give another name, or --force to write over it")
            }
        }
        let folder = url.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError("\(path) cannot be written: there is no folder \(folder) that can be written to")
        }
    }

    /// Writes the file.
    func write(_ text: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ValidationError("\(path) cannot be written: \(error.localizedDescription)")
        }
        StandardError.write("wrote \(path)\n")
    }

    private static func begins(_ url: URL, with signature: String) -> Bool {
        guard let file = try? FileHandle(forReadingFrom: url) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: signature.utf8.count)) == Data(signature.utf8)
    }
}
