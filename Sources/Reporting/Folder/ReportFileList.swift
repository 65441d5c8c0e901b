internal import Foundation

/// The file by which Confab knows a folder that it wrote: it lists the others.
struct ReportFileList {
    /// What the file is called.
    static let name = "confab-report.txt"
    private static let head = "The files of a report that Confab wrote, and writes over:"

    /// The names of the files of the report.
    let names: [String]

    /// A list of files.
    init(names: [String]) {
        self.names = names
    }

    /// Reads the list in a folder.
    ///
    /// - Returns: Nothing if there is none that Confab wrote.
    init?(folder: URL) {
        guard let text = try? String(contentsOf: folder.appendingPathComponent(Self.name), encoding: .utf8) else {
            return nil
        }
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.first == Self.head else { return nil }
        // Only plain files are taken for Confab's, whatever the list says.
        names = lines.dropFirst().filter { name in
            var isFolder: ObjCBool = false
            let path = folder.appendingPathComponent(name).path
            return !name.contains("/") && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    /// What is in the file.
    var text: String { ([Self.head] + names).joined(separator: "\n") + "\n" }
}
