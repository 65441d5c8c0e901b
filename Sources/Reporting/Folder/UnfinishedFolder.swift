internal import Foundation

/// A folder beside that of a report, into which the report is written before it is shown. It is locked as long as the process lives, so that others
/// know one that was abandoned.
struct UnfinishedFolder {
    /// The folder.
    let url: URL
    private let descriptor: Int32

    /// Makes a folder beside another.
    init(beside target: URL) throws {
        let parent = target.deletingLastPathComponent()
        var number = 0
        while true {
            let url = parent.appendingPathComponent(Self.prefix(of: target) + "\(getpid())-\(number)")
            if mkdir(url.path, 0o777) == 0 {
                self.url = url
                break
            }
            guard errno == EEXIST else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            number += 1
        }
        descriptor = open(url.path, O_RDONLY | O_DIRECTORY)
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
    }

    /// Writes a file and waits until the disk has it.
    func write(_ file: ReportFolder.File) throws {
        let path = url.appendingPathComponent(file.name)
        try Data(file.text.utf8).write(to: path)
        let handle = try FileHandle(forWritingTo: path)
        try handle.synchronize()
        try handle.close()
    }

    /// Removes the folder with the files that are Confab's: after an exchange, those of the report that was there before.
    func remove() {
        Self.remove(url)
        close(descriptor)
    }

    /// Removes what runs that were killed left beside a folder.
    static func removeAbandoned(beside target: URL) {
        let parent = target.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        for name in names where name.hasPrefix(prefix(of: target)) {
            let url = parent.appendingPathComponent(name)
            let descriptor = open(url.path, O_RDONLY | O_DIRECTORY)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(url) }
            close(descriptor)
        }
    }

    private static func prefix(of target: URL) -> String { ".\(target.lastPathComponent).confab-" }

    /// Only files go, and only those in the folder itself: there is nothing else in one of Confab's.
    private static func remove(_ url: URL) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] {
            unlink(url.appendingPathComponent(name).path)
        }
        rmdir(url.path)
    }
}
