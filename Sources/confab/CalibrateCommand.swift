import ArgumentParser
import Calibration
import Foundation
import Reporting
import Scenario

/// `confab calibrate`.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate", abstract: "Measure what the component code takes on this machine.",
        discussion: """
            Runs small worlds that exercise every tier, again and again, and measures how long servers take for each kind of what \
            they handle: messages, timers (`timer`), the word that a sync of the log is done (`log_synced`) or a part of a file \
            (`file_written`). Prints a line for each:

              handled    how many were handled in each round
              mean       nanoseconds on one core; this goes into the profile
              median     half of them take less
              p99        one in a hundred takes more
              +-         by how much the mean of a round was off at most
              published  what it costs in scenarios that do not say it
              ratio      the mean over that

            A world does the same in every round, so that an interruption by the machine is told from the work of the component: \
            it strikes one round, the work is in all. Reading the clock is measured and subtracted.

            It measures components in memory. System calls, the network stack, TLS and encoding for sockets are not in it, and \
            they are most of what the published costs hold: 64 us for a delivery, 3 ms for a connection (from Centrifugo's report of \
            2020). So the measured costs are a lower bound: what the components themselves add.

            With --out, the costs are written as a profile, a file that --costs of other commands takes. It may be edited, or written \
            by hand from measurements of a real system; a scenario says the same under `system.costs`.

              confab calibrate --out costs.yaml
              confab diff scenarios/connection-websocket.yaml --with system.costs.chat_server.submit=2.1us
              confab run scenarios/connection-websocket.yaml --costs costs.yaml
            """)

    @Option(
        help: ArgumentHelp("Write the costs as a profile.", valueName: "file"), completion: .file(extensions: ["yaml"]))
    var out: String?

    @Option(help: "Measure for about so many seconds; three rounds at least.")
    var seconds = 20

    @Option(
        help: """
            How large the worlds are; ten thousand users at 100, whose data find room in the processor's caches for the most part.
            """)
    var size = 100

    @Flag(help: "Write over a file that is no profile.")
    var force = false

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    func validate() throws {
        guard (1...3600).contains(seconds) else { throw ValidationError("--seconds must be 1 to 3600") }
        guard (1...1000).contains(size) else { throw ValidationError("--size must be 1 to 1000") }
        if force, out == nil { throw ValidationError("--force says how --out is written; give --out as well") }
    }

    func run() throws {
        let file = try out.map { try OutputFile(path: $0, signature: CostProfile.signature, force: force) }
        Interrupt.watch()
        let showsProgress = StandardError.isTerminal && !json
        let result = try Calibration(size: size).run(forNanoseconds: UInt64(seconds) * 1_000_000_000) { progress in
            if showsProgress {
                StandardError.write(
                    ProgressLine.text(
                        round: progress.round, worldsDone: progress.worldsDone, worldCount: progress.worldCount))
            }
            return !Interrupt.isRequested
        }
        if showsProgress { StandardError.write(ProgressLine.clear) }
        guard let result else {
            StandardError.write("interrupted: nothing is measured\n")
            throw ExitCode(130)
        }
        let report = CalibrationReport(
            machine: Machine.name, version: Confab.version, rounds: result.roundCount,
            wallSeconds: Double(result.tookNanoseconds) / 1e9, clockNanoseconds: result.clockNanoseconds,
            interruptedShare: result.interruptedShare, costs: result.rows, perMessage: result.perMessage,
            notMeasured: result.notMeasured)
        StandardOutput.write(json ? try report.json() : report.text)
        try file?.write(
            result.profile(
                source:
                    "measured by confab calibrate \(Confab.version), component code in memory alone, on \(Machine.name)"
            ))
    }
}

/// The machine that the program runs on.
private enum Machine {
    /// Its processor and how many of it there are, in words.
    static var name: String {
        let count = ProcessInfo.processInfo.activeProcessorCount
        return "\(processor ?? "a processor of unknown name"), \(count) \(count == 1 ? "core" : "cores")"
    }

    private static var processor: String? {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
}
