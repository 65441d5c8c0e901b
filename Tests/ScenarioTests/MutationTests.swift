import Language
import Testing

@testable import Scenario

/// Draws for mutations: SplitMix64.
private struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}

/// Damages scenario files in the ways in which people and disks do.
private enum Mutation: CaseIterable {
    case dropLine, doubleLine, misspellKey, changeType, truncate, randomBytes, swapLines, changeIndent

    static func keyRanges(in line: String) -> [Range<String.Index>] {
        var ranges: [Range<String.Index>] = []
        var index = line.startIndex
        while let colon = line[index...].firstIndex(of: ":") {
            let start =
                line[..<colon].lastIndex { !($0.isLetter || $0 == "_") }.map(line.index(after:)) ?? line.startIndex
            let after = line.index(after: colon)
            if start < colon, after == line.endIndex || line[after] == " " { ranges.append(start..<colon) }
            index = after
        }
        return ranges
    }

    func apply(to text: String, draws: inout Draws) -> [UInt8] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let code = lines.indices.filter { !lines[$0].isEmpty && !lines[$0].hasPrefix("#") }
        guard let line = code.randomElement(using: &draws) else { return Array(text.utf8) }
        switch self {
        case .dropLine: lines.remove(at: line)
        case .doubleLine: lines.insert(lines[line], at: line)
        case .swapLines: lines.swapAt(line, code.randomElement(using: &draws) ?? line)
        case .changeIndent:
            lines[line] = String(repeating: " ", count: Int.random(in: 1...5, using: &draws)) + lines[line]
        case .misspellKey:
            let withKeys = code.filter { !Self.keyRanges(in: lines[$0]).isEmpty }
            guard let chosen = withKeys.randomElement(using: &draws),
                let range = Self.keyRanges(in: lines[chosen]).randomElement(using: &draws)
            else { break }
            lines[chosen].replaceSubrange(range, with: lines[chosen][range] + "x")
        case .changeType:
            let values = [
                "[]", "{}", "{ a: 1 }", "[1, 2]", "~", "\"\"", "12:30:45", "0x1F", "on", "-1", "1e9", ".nan",
                "!!binary x", "é",
            ]
            if let colon = lines[line].firstIndex(of: ":") {
                lines[line] = lines[line][...colon] + " " + (values.randomElement(using: &draws) ?? "")
            }
        case .truncate:
            return Array(text.utf8.prefix(Int.random(in: 0..<text.utf8.count, using: &draws)))
        case .randomBytes:
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &draws) {
                bytes[Int.random(in: bytes.indices, using: &draws)] = UInt8.random(in: 0...255, using: &draws)
            }
            return bytes
        }
        return Array(lines.joined(separator: "\n").utf8)
    }
}

/// Reading never crashes or hangs, and a damaged file is either refused with located errors or still a valid scenario.
@Suite("Damaged scenario files")
struct MutationTests {
    private static var texts: [String] {
        [Texts.everything] + ScenarioTemplate.all.map(\.text) + Texts.files.map(\.text)
    }

    @Test("800 damaged copies of scenario files are refused with places or read", arguments: 0..<8)
    func damaged(batch: UInt64) {
        for seed in batch * 100..<(batch + 1) * 100 {
            var draws = Draws(state: seed)
            guard let text = Self.texts.randomElement(using: &draws),
                let mutation = Mutation.allCases.randomElement(using: &draws)
            else { continue }
            let bytes = mutation.apply(to: text, draws: &draws)
            switch Texts.load(bytes) {
            case .success(let scenario):
                #expect(scenario.durationNanoseconds > 0 && !(scenario.users.isEmpty && scenario.populations.isEmpty))
            case .failure(let errors):
                let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 2
                #expect(!errors.diagnostics.isEmpty, "seed \(seed)")
                for diagnostic in errors.diagnostics {
                    #expect((1...lines).contains(diagnostic.position.line), "seed \(seed): \(diagnostic)")
                    #expect(diagnostic.position.column >= 1 && !diagnostic.message.isEmpty, "seed \(seed)")
                }
            }
        }
    }

    @Test("a misspelt key never runs", arguments: 0..<200)
    func misspelt(seed: UInt64) throws {
        var draws = Draws(state: seed &* 7919)
        let text = try #require(Self.texts.randomElement(using: &draws))
        let bytes = Mutation.misspellKey.apply(to: text, draws: &draws)
        guard case .success(let damaged) = Texts.load(bytes) else { return }
        // A name that the author chose may be changed where nothing else refers to it: then the scenario is another one. The names of
        // figures are checked against the system that reports them, before it runs.
        let original = try Scenario.load(text: text, file: "f")
        #expect(
            damaged.users.map(\.name) != original.users.map(\.name)
                || damaged.populations.map(\.name) != original.populations.map(\.name)
                || damaged.expectations.metrics.map(\.name) != original.expectations.metrics.map(\.name), "seed \(seed)"
        )
    }
}
