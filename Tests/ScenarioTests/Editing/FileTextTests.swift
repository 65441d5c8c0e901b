import Foundation
import Language
import Scenario
import Testing

@Suite("Scenarios that are written again")
struct FileTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scenarios")
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    @Test("what is written is read back as the same, for every file of the repository", arguments: names)
    func roundTrip(name: String) throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        let document = try Document(text: text, file: name)
        #expect(try Document(text: document.fileText, file: name) == document)
        let original = try Scenario.load(text: text, file: name)
        let written = try Scenario.load(text: document.fileText, file: name)
        #expect(written.network == original.network && written.users == original.users)
        #expect(written.script == original.script && written.faults == original.faults)
        #expect(written.expectations.digest == original.expectations.digest)
    }
}
