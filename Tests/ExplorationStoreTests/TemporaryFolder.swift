import Exploration
import Foundation

@testable import ExplorationStore

/// A folder of a test's own, gone when the test is over.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("confab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// What is in it, by name.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }
}

/// Outcomes to store.
enum Outcomes {
    /// What might have become of a seed; every third one fails in two ways.
    static func record(_ seed: UInt64) -> SeedRecord {
        let failures = [
            SeedOutcome.Failure(invariant: "no_loss", sentence: "M\(seed) 'is' gone; -- \"ü"),
            SeedOutcome.Failure(invariant: "sender_fifo", sentence: "bob.phone shows M2 before M1"),
        ]
        return SeedRecord(
            outcome: SeedOutcome(
                seed: seed, digest: String(repeating: "0", count: 14) + "a\(seed % 10)", events: seed * 7,
                failures: seed % 3 == 0 ? failures : [], situations: [1, 300 + seed, 262_144, .max]),
            reached: [true, seed % 2 == 0], wallNanoseconds: seed + 5)
    }

    static let identity = SearchIdentity(scenario: "confab: 1\n", overrides: ["a=1", "b=2"], version: "1.0")
}
