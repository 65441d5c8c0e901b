import ArgumentParser
import Foundation

/// A file that a command writes: whole or not at all, and never in the place of somebody else's.
struct OutputFile {
    private let path: String
    /// Whether the file is one, or does not exist yet. What is a device or a pipe is written into.
    private let isRegular: Bool

    /// Finds what would otherwise fail when all is done.
    ///
    /// - Parameters:
    ///   - path: Where the file goes.
    ///   - signature: With what every file begins that Confab writes of this kind.
    ///   - force: Whether it may take the place of any file.
    ///   - canForce: Whether the command has an option for that.
    init(path: String, signature: String, force: Bool, canForce: Bool = true) throws {
        self.path = path
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        var status = stat()
        let exists = stat(path, &status) == 0
        let type = status.st_mode & S_IFMT
        guard !exists || type != S_IFDIR else { throw ValidationError("\(path) is a folder") }
        isRegular = !exists || type == S_IFREG
        guard isRegular else { return }
        if exists {
            // Of an empty file nothing is lost.
            guard force || status.st_size == 0 || Self.begins(url, with: signature) else {
                throw ValidationError(
                    "\(path) exists and is not by Confab; give another name\(canForce ? ", or --force to write over it" : "")"
                )
            }
        }
        let folder = url.deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError("\(path) cannot be written: there is no folder \(folder) that can be written to")
        }
    }

    /// Writes the file.
    ///
    /// - Parameter quietly: Whether not to say so.
    func write(_ text: String, quietly: Bool = false) throws {
        do {
            let url = URL(fileURLWithPath: path)
            try Data(text.utf8).write(
                to: isRegular ? url.resolvingSymlinksInPath() : url, options: isRegular ? .atomic : [])
        } catch {
            throw ValidationError("\(path) cannot be written: \(error.localizedDescription)")
        }
        if !quietly { StandardError.write("wrote \(path)\n") }
    }

    private static func begins(_ url: URL, with signature: String) -> Bool {
        guard let file = try? FileHandle(forReadingFrom: url) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: signature.utf8.count)) == Data(signature.utf8)
    }
}
