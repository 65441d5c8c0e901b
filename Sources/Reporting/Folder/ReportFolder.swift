private import CFileSystem
internal import Foundation

/// A folder that holds a report: several files that belong together.
///
/// The files are written into a folder beside it, which then changes places with it, so that an interrupted run leaves what was there, whole. A list
/// of the files is among them; by it Confab knows a folder of its own. Whatever else is in the folder is somebody's: it is never removed, and a
/// folder that has such files, or no list, is only written to by force. There, and where the file system cannot exchange folders, the files are
/// replaced one after another, each of them whole.
public struct ReportFolder {
    /// Why a report cannot be written.
    public struct Failure: Error, CustomStringConvertible {
        /// What is the matter, and what to do about it.
        public let description: String
    }

    /// A file of the report.
    public struct File {
        /// Its name, without a folder.
        public var name: String
        /// What is in it.
        public var text: String

        /// A file with a name and a text.
        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    private let path: String
    private let isForced: Bool
    private var url: URL { URL(fileURLWithPath: path) }

    /// Finds what would otherwise fail when all is done.
    ///
    /// - Parameters:
    ///   - path: The folder. It need not exist, nor the folders around it.
    ///   - isForced: Whether to write into a folder that has files which are not Confab's.
    public init(path: String, isForced: Bool = false) throws(Failure) {
        // A link stays what it is: the folder that it leads to is the one.
        self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        self.isForced = isForced
        _ = try inspected()
        let parent = Self.nearestFolder(above: url)
        guard (try? parent.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true,
            FileManager.default.isWritableFile(atPath: parent.path)
        else { throw Failure(description: "\(path) cannot be written: no folder can be made in \(parent.path)") }
    }

    /// Writes the report: all of it, or nothing.
    public func write(_ files: [File]) throws(Failure) {
        try write(files) { _ in }
    }

    /// - Parameter afterFile: Called when a file is written that is not yet to be seen, with its name.
    func write(_ files: [File], afterFile: (String) throws -> Void) throws(Failure) {
        do {
            let parent = url.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            UnfinishedFolder.removeAbandoned(beside: url)
            let unfinished = try UnfinishedFolder(beside: url)
            defer { unfinished.remove() }
            let list = ReportFileList(names: files.map(\.name))
            for file in files + [File(name: ReportFileList.name, text: list.text)] {
                try unfinished.write(file)
                try afterFile(file.name)
            }
            // Much may have happened since the folder was looked at.
            switch try inspected() {
            case .free: try move(unfinished.url.path, to: path)
            case .own(let old):
                guard confab_exchange(unfinished.url.path, path) != 0 else { return }
                try replaceEach(with: list, in: unfinished.url)
                for name in old.names where !list.names.contains(name) { unlink(url.appendingPathComponent(name).path) }
            case .shared: try replaceEach(with: list, in: unfinished.url)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(description: "\(path) cannot be written: \(error.localizedDescription)")
        }
    }

    /// What stands where the report is to go.
    private enum Place {
        /// Nothing, or an empty folder.
        case free
        /// A report of Confab and nothing else.
        case own(ReportFileList)
        /// A folder with files that are not Confab's.
        case shared
    }

    private func inspected() throws(Failure) -> Place {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .free }
        guard isFolder.boolValue else { throw Failure(description: "\(path) is a file, not a folder") }
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Failure(description: "\(path) cannot be read")
        }
        guard !entries.isEmpty else { return .free }
        let list = ReportFileList(folder: url)
        let own = (list?.names ?? []) + (list == nil ? [] : [ReportFileList.name])
        let others = entries.filter { !own.contains($0) }.sorted()
        if let list, others.isEmpty { return .own(list) }
        guard isForced || others.isEmpty else {
            throw Failure(
                description: """
                    \(path) holds \(others[0])\(others.count > 1 ? " and \(others.count - 1) more" : ""), which Confab did not \
                    write; give another folder, or --force to write the report beside it
                    """)
        }
        return .shared
    }

    /// What exists of the path that leads to a folder.
    private static func nearestFolder(above url: URL) -> URL {
        var parent = url.deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: parent.path), parent.path != "/" {
            parent = parent.deletingLastPathComponent()
        }
        return parent
    }

    private func replaceEach(with list: ReportFileList, in folder: URL) throws {
        for name in list.names + [ReportFileList.name] {
            try move(folder.appendingPathComponent(name).path, to: url.appendingPathComponent(name).path)
        }
    }

    private func move(_ source: String, to target: String) throws {
        guard rename(source, target) == 0 else {
            throw Failure(description: "\(target) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
