/// Finds anchors and aliases (`&name`, `*name`) before a file is parsed. The language has neither: a few lines of
/// them can stand for billions of values.
///
/// It knows as much of YAML as it needs in order to pass over comments, quoted text and literal blocks.
struct AnchorScanner {
    private enum State { case plain, single, double }

    /// Where anchors and aliases are, at most `limit` of them.
    static func find(in text: String, limit: Int = 20) -> [SourcePosition] {
        var found: [SourcePosition] = []
        var state = State.plain
        var literalIndent: Int?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let scalars = Array(line.unicodeScalars)
            let indent = scalars.prefix { $0 == " " }.count
            if let block = literalIndent {
                if indent > block || scalars.allSatisfy({ $0 == " " || $0 == "\r" }) { continue }
                literalIndent = nil
            }
            let startsPlain = state == .plain
            let last = scan(scalars, state: &state) { column in
                if found.count < limit { found.append(SourcePosition(line: number + 1, column: column + 1)) }
            }
            if startsPlain, state == .plain, last { literalIndent = indent }
        }
        return found
    }

    /// Scans one line.
    ///
    /// - Returns: Whether the line ends in the mark of a literal block.
    private static func scan(_ scalars: [Unicode.Scalar], state: inout State, found: (Int) -> Void) -> Bool {
        var index = 0
        var startsToken = true
        var endsInBlockMark = false
        while index < scalars.count {
            let scalar = scalars[index]
            switch state {
            case .single:
                if scalar == "'" {
                    if index + 1 < scalars.count, scalars[index + 1] == "'" { index += 1 } else { state = .plain }
                }
            case .double:
                if scalar == "\\" { index += 1 } else if scalar == "\"" { state = .plain }
            case .plain:
                if scalar == "#", index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\t" {
                    return endsInBlockMark
                }
                if startsToken {
                    if scalar == "'" { state = .single }
                    if scalar == "\"" { state = .double }
                    if scalar == "&" || scalar == "*", index + 1 < scalars.count,
                        !" \t,[]{}".unicodeScalars.contains(scalars[index + 1])
                    {
                        found(index)
                    }
                }
                if startsToken, scalar == "|" || scalar == ">" {
                    endsInBlockMark = true
                } else if !" \t\r+-0123456789".unicodeScalars.contains(scalar) {
                    endsInBlockMark = false
                }
                startsToken = " \t,[{".unicodeScalars.contains(scalar)
            }
            index += 1
        }
        return endsInBlockMark
    }
}
