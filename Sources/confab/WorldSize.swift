import ArgumentParser
import Experiment
import Foundation
import Reporting

/// Tells what a large world will take, and refuses one that does not fit into the memory of the machine.
struct WorldSize {
    let estimate: ResourceEstimate
    let file: String
    /// How many such worlds there are at a time.
    var worldCount = 1
    /// What to do about it that is not about the world, if there is anything: the end of a sentence.
    var advice = ""

    /// From this many connections on a world is worth telling about.
    private static let largeConnectionCount = 1_000_000

    /// Tells how large the world is, if anyone looks.
    ///
    /// - Throws: An exit status, once it is said what fits, if the machine has too little memory.
    func check(ignoringMemory: Bool = false, quietly: Bool) throws {
        if !quietly, StandardError.isTerminal, estimate.connectionCount >= Self.largeConnectionCount {
            StandardError.write("\(summary)\n")
        }
        guard !ignoringMemory, let refusal else { return }
        StandardError.write("\(file): \(refusal)\n")
        throw ExitCode(64)
    }

    /// Why there is no room for it and what would fit; nothing if there is room.
    var refusal: String? {
        guard let available = Self.availableBytes else { return nil }
        // All worlds are of one program.
        let program = ResourceEstimate.programBytes
        let availableForEach = program + (available - min(available, program)) / UInt64(max(1, worldCount))
        guard estimate.worldBytes > availableForEach else { return nil }
        let parts = estimate.parts.filter { $0.bytes > 0 }.sorted { $0.bytes > $1.bytes }
            .map { "  \($0.name): \(NumberText.size($0.bytes))\n" }.joined()
        let what = worldCount == 1 ? "this world is" : "\(worldCount) such worlds at a time are"
        let fitting = estimate.connectionsThatFit(inBytes: availableForEach)
        return """
            \(what) too large for the machine: \(summary), but \(NumberText.size(available)) are free
            \(parts)About \(NumberText.grouped(fitting)) connections fit\(worldCount == 1 ? "" : " in each"). Make populations smaller \
            with `--set populations.NAME.users=...`\(advice).
            """
    }

    private var summary: String {
        let statuses =
            estimate.statusCount > 0 ? " and \(NumberText.grouped(estimate.statusCount)) statuses of friends" : ""
        return
            "\(NumberText.grouped(estimate.connectionCount)) connections and about \(NumberText.grouped(estimate.messageCount)) messages"
            + "\(statuses) take about \(NumberText.size(estimate.bytes)) of memory, \(NumberText.span(seconds: estimate.buildSeconds)) to build and "
            + "\(NumberText.span(seconds: estimate.runSeconds)) of one core to run"
    }

    /// The memory that programs may still take, in bytes; all that the machine has where it does not say; nothing if it says nothing.
    private static var availableBytes: UInt64? {
        if let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) {
            for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
                return line.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }.map { $0 * 1024 }
            }
        }
        let physical = ProcessInfo.processInfo.physicalMemory
        return physical > 0 ? physical : nil
    }
}
