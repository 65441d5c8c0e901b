import Foundation
import Testing

@Suite("confab run, in part")
struct PartialRunTests {
    private let shell: Shell

    init() throws {
        shell = try Shell()
        _ = try shell.run("new", "race.yaml")
    }

    @Test("a run stops at the first violation, and passes if the scenario expects it")
    func untilViolation() throws {
        let stopped = try shell.run("run", "race.yaml", "--until-violation")
        #expect(stopped.status == 0 && stopped.output.contains("\nstopped at 1.0"))
        let failed = try shell.run(
            "run", "race.yaml", "--until-violation", "--set", "expect={ same_order_for_both_users: held }")
        #expect(failed.status == 1 && failed.output.contains("FAILED; replay with: confab run race.yaml"))
        #expect(failed.output.hasSuffix(" --until-violation\n"))
    }

    @Test("a run that is forgotten while it happens is not looked back at")
    func forgotten() throws {
        _ = try shell.run("new", "town.yaml", "--template", "population")
        let setting = [
            "--set", "judging=while_running", "--set", "expect={}", "--set", "populations.town.starts=connected",
            "--set",
            "system.heartbeat.sent=off",
        ]
        for command in [["run", "town.yaml", "--until-violation"], ["trace", "town.yaml", "--html", "a.html"]] {
            let refused = try shell.run(command + setting)
            #expect(refused.status == 64 && refused.errors.contains("--set judging=of_whole_run"), "\(refused)")
        }
    }

    @Test("a window says what is drawn, and is refused where nothing is")
    func window() throws {
        let part = try shell.run("run", "race.yaml", "--from", "1s", "--to", "1.001s")
        #expect(part.status == 0 && part.output.contains("● sends M1") && !part.output.contains("● sends M2"))
        #expect(try shell.run("run", "race.yaml", "--from", "1s", "--json").status == 64)
        #expect(try shell.run("run", "race.yaml", "--from", "1s", "--verify").errors.contains("--verify"))
    }

    @Test(
        "an interrupt while a large world is built ends it with a word, and nothing is printed as a result",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm")))
    func interruptedBuilding() throws {
        _ = try shell.run("new", "town.yaml", "--template", "population")
        /// The memory that a process has, in pages: it grows while the world is built.
        func pages(_ process: pid_t) -> Int {
            let text = try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)
            return text.flatMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } } ?? 0
        }
        let stopped = try #require(
            try shell.start(
                [
                    "run", "town.yaml", "--json", "--set", "judging=while_running", "--set", "expect={}", "--set",
                    "populations.town={ users: 60_000_000, sends: 1/day, starts: connected }", "--set",
                    "system.heartbeat.sent=off", "--set", "system.chat_servers.count=1200",
                ], send: SIGINT, once: { pages($0) > 25_000 }))
        #expect(stopped.status == 130 && stopped.output.isEmpty)
        #expect(stopped.errors.hasPrefix("interrupted while the world was built: "), "\(stopped.errors)")
        #expect(stopped.errors.hasSuffix(" of 60,000,000 connections; nothing was run\n"), "\(stopped.errors)")
    }
}
