import Foundation
import Testing

@testable import Reporting

/// A folder for one test.
private struct Scratch: ~Copyable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("confab-folder-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    var report: URL { url.appendingPathComponent("report") }

    /// What the files of the report say; those that are not text say nothing.
    var contents: [String: String] {
        var contents: [String: String] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: report.path)) ?? [] {
            contents[name] = (try? String(contentsOf: report.appendingPathComponent(name), encoding: .utf8)) ?? ""
        }
        contents[ReportFileList.name] = nil
        return contents
    }

    /// All that stands where the report does.
    var beside: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

    func put(_ text: String, in name: String) throws {
        try FileManager.default.createDirectory(at: report, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: report.appendingPathComponent(name))
    }
}

private struct Interruption: Error {}

private func files(_ text: String, count: Int = 3) -> [ReportFolder.File] {
    (1...count).map { ReportFolder.File(name: "part\($0).txt", text: text) }
}

private func parts(_ text: String, count: Int = 3) -> [String: String] {
    Dictionary(uniqueKeysWithValues: files(text, count: count).map { ($0.name, $0.text) })
}

@Suite("Folder of a report")
struct ReportFolderTests {
    @Test("a report is written where nothing is, with the folders around it")
    func new() throws {
        let scratch = try Scratch()
        let path = scratch.report.appendingPathComponent("deep/er").path
        try ReportFolder(path: path).write(files("new"))
        let text = try String(contentsOfFile: path + "/part2.txt", encoding: .utf8)
        #expect(text == "new")
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
    }

    @Test("an own report is replaced as a whole; a file that the new one lacks is gone")
    func replaced() throws {
        let scratch = try Scratch()
        try ReportFolder(path: scratch.report.path).write(files("old"))
        try ReportFolder(path: scratch.report.path).write(files("new", count: 2))
        #expect(scratch.contents == parts("new", count: 2))
        #expect(scratch.beside == ["report"])
    }

    @Test("an empty folder is written to, and a link leads to its folder")
    func emptyAndLink() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(at: scratch.report, withIntermediateDirectories: true)
        try ReportFolder(path: scratch.report.path).write(files("first"))
        let link = scratch.url.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: scratch.report)
        try ReportFolder(path: link.path).write(files("second"))
        #expect(scratch.contents == parts("second"))
        #expect(scratch.beside == ["link", "report"])
    }

    @Test("a folder that Confab did not write is left alone")
    func foreign() throws {
        let scratch = try Scratch()
        try scratch.put("mine", in: "part1.txt")
        let failure = #expect(throws: ReportFolder.Failure.self) { try ReportFolder(path: scratch.report.path) }
        #expect(failure?.description.contains("holds part1.txt, which Confab did not write") ?? false)
        #expect(scratch.contents == ["part1.txt": "mine"])
    }

    @Test("a list that does not begin as Confab's makes no folder Confab's")
    func foreignList() throws {
        let scratch = try Scratch()
        try scratch.put("part1.txt\n", in: ReportFileList.name)
        try scratch.put("mine", in: "part1.txt")
        #expect(throws: ReportFolder.Failure.self) { try ReportFolder(path: scratch.report.path) }
    }

    @Test("somebody's file among those of a report is never removed; by force the report is written beside it")
    func shared() throws {
        let scratch = try Scratch()
        try ReportFolder(path: scratch.report.path).write(files("old"))
        try scratch.put("mine", in: "notes.md")
        #expect(throws: ReportFolder.Failure.self) { try ReportFolder(path: scratch.report.path) }
        try ReportFolder(path: scratch.report.path, isForced: true).write(files("new"))
        #expect(scratch.contents == parts("new").merging(["notes.md": "mine"]) { first, _ in first })
        #expect(scratch.beside == ["report"])
    }

    @Test("a file that appears while a report is made is found before anything is replaced")
    func late() throws {
        let scratch = try Scratch()
        let folder = try ReportFolder(path: scratch.report.path)
        try scratch.put("mine", in: "notes.md")
        #expect(throws: ReportFolder.Failure.self) { try folder.write(files("new")) }
        #expect(scratch.contents == ["notes.md": "mine"] && scratch.beside == ["report"])
    }

    @Test("a file where a folder should be is told of before the work begins")
    func impossible() throws {
        let scratch = try Scratch()
        try Data().write(to: scratch.report)
        #expect(throws: ReportFolder.Failure.self) { try ReportFolder(path: scratch.report.path, isForced: true) }
        #expect(throws: ReportFolder.Failure.self) { try ReportFolder(path: scratch.report.path + "/inner") }
    }

    @Test("an error while a report is written leaves the old one whole and nothing beside it", arguments: 1...4)
    func failed(after count: Int) throws {
        let scratch = try Scratch()
        try ReportFolder(path: scratch.report.path).write(files("old"))
        var written = 0
        #expect(throws: ReportFolder.Failure.self) {
            try ReportFolder(path: scratch.report.path).write(files("new")) { _ in
                written += 1
                if written == count { throw Interruption() }
            }
        }
        #expect(written == count && scratch.contents == parts("old"))
        #expect(scratch.beside == ["report"])
    }

    @Test("a run that is killed leaves the old report whole, and the next removes what it left", arguments: 1...4)
    func killed(after count: Int) async throws {
        let scratch = try Scratch()
        let path = scratch.report.path
        try ReportFolder(path: path).write(files("old"))
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, count = count as Int] in
            var written = 0
            try ReportFolder(path: path).write(files("new")) { _ in
                written += 1
                if written == count { kill(getpid(), SIGKILL) }
            }
        }
        #expect(scratch.contents == parts("old"))
        #expect(scratch.beside.count == 2)
        try ReportFolder(path: path).write(files("next"))
        #expect(scratch.contents == parts("next") && scratch.beside == ["report"])
    }

    @Test("a run does not remove what another is writing")
    func twoAtOnce() throws {
        let scratch = try Scratch()
        try ReportFolder(path: scratch.report.path).write(files("outer")) { name in
            guard name == "part1.txt" else { return }
            try ReportFolder(path: scratch.report.path).write(files("inner"))
        }
        #expect(scratch.contents == parts("outer") && scratch.beside == ["report"])
    }
}
