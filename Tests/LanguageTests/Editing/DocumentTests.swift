import Language
import Testing

@Suite("A file as a tree")
struct DocumentTests {
    private func document(_ text: String) throws -> Document { try Document(text: text, file: "a.yaml") }

    @Test("text that means something to YAML is put in quotes")
    func quotes() throws {
        let document = try document(#"{ name: "a: b # c", list: ["*.1", "", "two\nlines \"x\""], "key, odd": -1ms }"#)
        #expect(
            document.fileText == #"""
                name: "a: b # c"

                list:
                  - "*.1"
                  - ""
                  - "two\nlines \"x\""
                "key, odd": "-1ms"

                """#)
        #expect(try self.document(document.fileText) == document)
    }

    @Test("a line that would be too long is spread over several")
    func longLines() throws {
        let names = (1...30).map { "user\($0)" }.joined(separator: ", ")
        let text = try document("groups: { team: { members: [\(names)] }, pair: { members: [a, b] } }").fileText
        #expect(text.hasPrefix("groups:\n  team:\n    members:\n      - user1\n"))
        #expect(text.hasSuffix("      - user30\n  pair: { members: [a, b] }\n"))
    }

    @Test("parts are found, replaced, added and taken away by the way to them")
    func paths() throws {
        var document = try document("{ a: { b: [x, y, z], c: 1 } }")
        #expect(document.paths.count == 6)
        #expect(document[[.key("a"), .key("b"), .item(1)]] == .value("y"))
        document[[.key("a"), .key("b"), .item(1)]] = nil
        document[[.key("a"), .key("c")]] = .value("2")
        document[[.key("a"), .key("d")]] = .value("3")
        document[[.key("nowhere"), .key("d")]] = .value("4")
        document[[.key("a"), .key("b"), .item(7)]] = .value("5")
        #expect(document.fileText == "a:\n  b: [x, z]\n  c: 2\n  d: 3\n")
    }

    @Test("changes from the command line are part of it, and what is wrong with them is reported")
    func overrides() throws {
        let change = try #require(Override("a.b=2"))
        #expect(try Document(text: "a: { b: 1 }", file: "", overrides: [change]).fileText == "a:\n  b: 2\n")
        #expect(throws: DocumentErrors.self) { try document("a: [") }
    }
}
