import Testing

@testable import Language

@Suite("Anchors and aliases")
struct AnchorScannerTests {
    @Test(
        "they are found where YAML would see them",
        arguments: [
            ("a: &x 1", 1, 4), ("a: *x", 1, 4), ("- *x", 1, 3), ("[*x]", 1, 2), ("{a: 1,*x : 2}", 1, 7),
            ("a: 1\n  &b c: 2", 2, 3), ("a: 'it''s'\nb: *x", 2, 4),
        ] as [(String, Int, Int)])
    func found(text: String, line: Int, column: Int) {
        #expect(AnchorScanner.find(in: text) == [SourcePosition(line: line, column: column)])
    }

    @Test(
        "they are not found in comments, quotes, words and literal blocks",
        arguments: [
            "# *x", "a: 1 # &x", "a: \"*x\"", "a: '*x'", "a: b&c", "a: R&D", "a: 2*3", "a: |\n  *x\n  &y\nb: 1",
            "a: >-\n  some *emphasis*\n", "a: \"x \\\" *y\"", "a: b & c", "a: 'x\n  *y'",
        ])
    func notFound(text: String) {
        #expect(AnchorScanner.find(in: text).isEmpty)
    }

    @Test("a file of a few lines that stands for billions of values is refused at once")
    func billionLaughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...20 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        text += "? *a20\n: 1\n"
        #expect(throws: DocumentErrors.self) { try Document(text: text, file: "bomb.yaml") }
    }
}
