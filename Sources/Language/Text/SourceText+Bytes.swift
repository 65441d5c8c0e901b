extension SourceText {
    /// The text of a file from its bytes, which may not be text at all.
    ///
    /// - Throws: ``DocumentErrors`` that name the first byte that is not text.
    package static func text(bytes: [UInt8], file: String) throws(DocumentErrors) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let valid = validPrefix(of: bytes)
        let line = valid.filter { $0 == UInt8(ascii: "\n") }.count + 1
        let column = valid.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
        let diagnostics = DiagnosticCollector(file: file)
        diagnostics.report(
            "the file is not UTF-8 text; the first byte that is not is here",
            at: SourcePosition(line: line, column: column))
        throw diagnostics.errors
    }

    /// The longest beginning of the bytes that is text, found by halving.
    private static func validPrefix(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        var low = 0
        var high = bytes.count
        while low < high {
            let middle = (low + high + 1) / 2
            // A cut inside a character is not an error of the text: up to three bytes more may complete it.
            let isValid = (middle...min(middle + 3, bytes.count)).contains {
                String(validating: bytes[..<$0], as: UTF8.self) != nil
            }
            if isValid { low = middle } else { high = middle - 1 }
        }
        return bytes[..<low]
    }
}
