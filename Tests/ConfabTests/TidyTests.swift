import Foundation
import Testing

/// What every source file keeps to, beyond what the formatter checks.
@Suite("Tidiness")
struct TidyTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func files(in folder: String) throws -> [(path: String, lines: [String])] {
        let base = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String] ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
            return ("\(folder)/\(name)", text.components(separatedBy: "\n"))
        }
    }

    /// Which of the project's modules each module may import. They are listed from the bottom up.
    private static let imports: [(module: String, mayImport: Set<String>)] = [
        ("Simulation", ["CProcessor"]), ("Workloads", ["Simulation"]),
        ("ErasureCoding", ["CISAL"]), ("Chat", ["CProcessor", "ErasureCoding"]), ("World", ["Simulation", "Chat"]),
        ("Language", []), ("Scenario", ["Language"]), ("Plan", ["Language"]), ("Invariants", ["Chat"]),
        ("Statistics", ["CGSL"]), ("Capacity", ["CGSL", "Statistics"]), ("Reporting", ["CFileSystem"]),
        (
            "Experiment",
            [
                "Simulation", "ErasureCoding", "Chat", "World", "Language", "Scenario", "Invariants", "Statistics",
                "Reporting",
            ]
        ),
        ("Planning", ["Language", "Plan", "Capacity", "Reporting"]),
        (
            "Trials",
            ["Experiment", "Scenario", "Reporting", "Chat", "Simulation", "Workloads", "Statistics"]
        ),
        (
            "PlanSimulation",
            ["Plan", "Planning", "Trials", "Capacity", "Statistics", "Scenario", "Simulation", "Reporting"]
        ),
        ("Calibration", ["Experiment", "Scenario", "World", "Reporting"]),
        ("Exploration", ["Experiment", "Language", "Scenario", "Reporting", "Chat"]),
        ("ExplorationStore", ["Exploration"]),
        (
            "confab",
            [
                "ExplorationStore", "Exploration", "Calibration", "Experiment", "Language", "Scenario", "Plan",
                "Planning", "PlanSimulation", "Reporting", "Simulation", "Workloads",
            ]
        ),
    ]

    @Test("modules import only modules below them")
    func layers() throws {
        let all = Set(Self.imports.map(\.module) + ["CGSL", "CISAL", "CProcessor", "CFileSystem"])
        for (module, mayImport) in Self.imports {
            let files = try Self.files(in: "Sources/\(module)")
            #expect(!files.isEmpty, "\(module)")
            for (path, lines) in files {
                for line in lines {
                    let words = line.split(separator: " ")
                    guard words.dropFirst().contains(where: { all.contains(String($0)) }),
                        line.hasSuffix(words.last ?? ""),
                        words.first == "import" || words.dropFirst().first == "import"
                    else { continue }
                    #expect(mayImport.contains(String(words.last ?? "")), "\(path): \(line)")
                }
            }
        }
    }

    @Test("nothing on the deterministic path asks a clock, the system's randomness or the mathematics library")
    func determinism() throws {
        let banned = [
            "import Foundation", "import Glibc", "ContinuousClock", "SuspendingClock", "Date(",
            "SystemRandomNumberGenerator",
            ".random(in:", ".randomElement(", ".shuffled(", "Hasher()", ".hashValue", "ObjectIdentifier",
        ]
        for module in ["Simulation", "ErasureCoding", "Chat", "World"] {
            // Threads and large pages come from the system's library; what uses them does not.
            let files = try Self.files(in: "Sources/\(module)").filter {
                !$0.path.contains("/Parallel/") && !$0.path.hasSuffix("/LargeMemory.swift")
            }
            for (path, lines) in files {
                for (number, line) in lines.enumerated() {
                    for word in banned { #expect(!line.contains(word), "\(path):\(number + 1): \(word)") }
                }
            }
        }
    }

    @Test("rooms are small: no file has more than 400 lines, and few have more than 300")
    func fileLength() throws {
        let lengths = try ["Sources", "Tests"].flatMap { try Self.files(in: $0) }.map { ($0.path, $0.lines.count) }
        for (path, count) in lengths { #expect(count <= 401, "\(path) has \(count) lines") }
        #expect(lengths.count { $0.1 > 301 } * 10 <= lengths.count)
    }
}
