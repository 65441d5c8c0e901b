import Foundation
import Testing

@Suite("Command line")
struct CommandLineTests {
    private let shell: Shell

    init() throws {
        shell = try Shell()
    }

    @Test("a new scenario runs as it is")
    func newAndRun() throws {
        #expect(try shell.run("new", "race.yaml").status == 0)
        let run = try shell.run("run", "race.yaml", "--events", "messages")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.contains("alice.phone   M1  M2\n  bob.phone     M2  M1\n"))
        #expect(run.output.contains("├") && run.output.hasSuffix("passed: everything is as the scenario expects\n"))
        let again = try shell.run("new", "race.yaml")
        #expect(again.status == 64 && again.errors.contains("--force"))
    }

    @Test("two designs are run on the same load and compared")
    func diff() throws {
        _ = try shell.run("new", "race.yaml")
        let change = "system.sequencing.mode=per_user_sequence"
        let diff = try shell.run("diff", "race.yaml", "--with", change, "--set", "expect={}")
        #expect(diff.status == 0 && diff.errors.isEmpty)
        #expect(diff.output.contains("second   race.yaml  \(change)\n"))
        #expect(diff.output.contains("sequence_gap_free"))
        let alone = try shell.run("diff", "race.yaml")
        #expect(alone.status == 64 && alone.errors.contains("--with path=value"))
    }

    @Test("seeds that fail are grouped, and each group names the command that replays it")
    func explore() throws {
        _ = try shell.run("new", "race.yaml")
        let good = try shell.run("explore", "race.yaml", "--seeds", "50")
        #expect(good.status == 0 && good.output.contains("every seed was run") && good.errors.isEmpty)
        let bad = try shell.run(
            "explore", "race.yaml", "--seeds", "50", "--set", "expect={ same_order_for_both_users: held }")
        #expect(bad.status == 1)
        let replay = try #require(bad.output.split(separator: "\n").first { $0.contains("replay with: confab ") })
        #expect(replay.contains(" --seed ") && bad.output.contains("FAIL same_order_for_both_users: "))
        let wrong = try shell.run("explore", "race.yaml", "--until", "soon")
        #expect(wrong.status == 64 && wrong.errors.contains("write 90s, 10min or 2h"))
    }

    @Test("planted bugs are listed, found, replayed and made small by name")
    func mutants() throws {
        let list = try shell.run("explore", "--list-mutants")
        #expect(list.status == 0 && list.output.contains("retry-overtaken  "))
        _ = try shell.run("new", "race.yaml")
        let found = try shell.run(
            "explore", "race.yaml", "--seeds", "5", "--set", "expect={ same_order_for_both_users: held }", "--mutant",
            "forwarded-later")
        #expect(found.status == 1 && found.output.contains(" --mutant forwarded-later --seed "))
        #expect(found.output.contains("shrink with: confab shrink race.yaml "))
        let run = try shell.run("run", "race.yaml", "--mutant", "forwarded-later", "--set", "expect={}", "--json")
        #expect(run.status == 0 && run.output.contains("--mutant forwarded-later"))
        let unknown = try shell.run("run", "race.yaml", "--mutant", "nobody")
        #expect(unknown.status == 64 && unknown.errors.contains("explore --list-mutants"))
        #expect(try shell.run("check", "race.yaml", "--pin", "--mutant", "retry-overtaken").status == 64)
        #expect(try shell.run("explore").errors.contains("Missing expected argument"))
    }

    @Test("a scenario that fails is made small, and the file that comes out passes")
    func shrink() throws {
        _ = try shell.run("new", "race.yaml")
        let expect = "expect={ same_order_for_both_users: held }"
        let small = try shell.run("shrink", "race.yaml", "--set", expect, "--out", "small.yaml")
        #expect(small.status == 0 && small.errors.isEmpty)
        #expect(small.output.hasPrefix("same_order_for_both_users is violated in small.yaml\n"))
        #expect(small.output.hasSuffix("check it with: confab check small.yaml\n"))
        #expect(try shell.run("check", "small.yaml").status == 0)
        #expect(try shell.read("small.yaml").hasPrefix("# Made by `confab shrink` from race.yaml, seed 7."))
        let nowhere = try shell.run("shrink", "race.yaml", "--set", expect, "--out", "nowhere/small.yaml")
        #expect(
            nowhere.status == 64 && nowhere.errors.contains("nowhere/small.yaml cannot be written: there is no folder ")
        )
        let nothing = try shell.run("shrink", "race.yaml", "--seed", "7")
        #expect(nothing.status == 1 && nothing.errors.contains("nothing fails under seed 7"))
        #expect(
            try shell.run("shrink", "race.yaml", "--invariant", "no_los").errors.contains("did you mean `no_loss`?"))
    }

    @Test("the faults that a seed draws can be written out, and the file that comes of it is run as it is")
    func printFaults() throws {
        _ = try shell.run("new", "race.yaml")
        let race = try String(contentsOf: shell.folder.appendingPathComponent("race.yaml"), encoding: .utf8)
        try shell.write(race + "random_faults: { swarm: 100% }\n", to: "random.yaml")
        let written = try shell.run("run", "random.yaml", "--seed", "5", "--print-faults")
        #expect(written.status == 0 && written.errors.isEmpty && written.output.contains("\n  - { at: "))
        try shell.write(written.output, to: "alone.yaml")
        func digest(_ arguments: String...) throws -> Substring? {
            try shell.run(["run"] + arguments).output.split(separator: "\n").first { $0.contains("digest") }
        }
        let digests = try (digest("random.yaml", "--seed", "5"), digest("alone.yaml"))
        #expect(digests.0 != nil && digests.0 == digests.1)
        let changed = try shell.run("run", "random.yaml", "--set", "random_faults.swarm=50%", "--print-faults")
        #expect(changed.status == 0 && changed.output != written.output)
    }

    @Test("with --json there is one object, the same but for the time that it took")
    func json() throws {
        _ = try shell.run("new", "race.yaml")
        var objects: [[String: Any]] = []
        for _ in 0..<2 {
            let run = try shell.run("run", "race.yaml", "--json")
            #expect(run.status == 0 && run.errors.isEmpty)
            var object = try #require(
                try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            for key in ["wall_seconds", "build_seconds", "events_per_second", "peak_memory_bytes"] { object[key] = nil }
            objects.append(object)
        }
        #expect(objects[0] as NSDictionary == objects[1] as NSDictionary)
        #expect((objects[0]["digest"] as? String)?.count == 16)
    }

    @Test("an expectation that is not met ends with status 1 and the command that shows it again")
    func failed() throws {
        _ = try shell.run("new", "race.yaml")
        let run = try shell.run("run", "race.yaml", "--set", "expect.same_order_for_both_users=held")
        #expect(run.status == 1)
        #expect(
            run.output.hasSuffix(
                "FAILED; replay with: confab run race.yaml --set expect.same_order_for_both_users=held\n"))
    }

    @Test("a file with three different mistakes prints three located errors, runs nothing and ends with status 65")
    func invalid() throws {
        _ = try shell.run("new", "race.yaml")
        let text = try shell.read("race.yaml").replacing("duration: 10s", with: "duration: 10")
            .replacing("seed: 7", with: "sede: 7").replacing("to: alice", with: "to: alcie")
        try shell.write(text, to: "bad.yaml")
        let run = try shell.run("run", "bad.yaml")
        #expect(run.status == 65 && run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.wholeMatch(of: /bad\.yaml:[0-9]+:[0-9]+: error: .+/) != nil })
        #expect(run.errors.contains("did you mean `seed`?") && run.errors.contains("did you mean `alice`?"))
        #expect(try shell.run("validate", "bad.yaml", "race.yaml").status == 65)
        #expect(try shell.run("validate", "race.yaml").output == "race.yaml: valid\n")
    }

    @Test("a file that is not there, a folder and wrong usage say what to do")
    func misuse() throws {
        let missing = try shell.run("run", "nowhere.yaml")
        #expect(missing.status == 65 && missing.errors == "nowhere.yaml: error: there is no such file\n")
        #expect(try shell.run("run", ".").errors.contains("`confab check` takes folders"))
        #expect(try shell.run("check", ".").status == 65)
        for arguments in [["run"], ["walk"], ["run", "a.yaml", "--set", "x"], ["check", ".", "--jobs", "0"]] {
            let process = try shell.run(arguments)
            #expect(process.status == 64 && process.errors.contains("Usage:"), "\(arguments)")
        }
        #expect(try shell.run("--help").output.contains("Exit status: 0 everything as expected"))
        #expect(try shell.run("new", "x.yaml", "--template", "no").errors.contains("race, offline, crash, population"))
    }

    @Test("a world that cannot be cut into partitions says which link is the reason")
    func noLookahead() throws {
        _ = try shell.run("new", "race.yaml")
        let run = try shell.run(
            "run", "race.yaml", "--partitions", "4", "--set",
            "network.data_center.latency={ exponential: { mean: 1ms } }")
        #expect(run.status == 64 && run.errors.contains("network.data_center"))
    }

    @Test("checking a folder prints a line for each file, in order, and a summary")
    func check() throws {
        _ = try shell.run("new", "b.yaml", "--template", "crash")
        _ = try shell.run("new", "a.yaml")
        var check = try shell.run("check", ".")
        #expect(check.status == 0)
        let names = check.output.split(separator: "\n").map { $0.prefix(11) }
        #expect(names.prefix(2) == ["ok   ./a.ya", "ok   ./b.ya"] && names.count == 3)
        try shell.write("confab: 1\n", to: "c.yaml")
        check = try shell.run("check", ".", "--json")
        #expect(check.status == 65)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
        #expect(report["passed"] as? Int == 2 && report["invalid"] as? Int == 1)
        #expect(try shell.run("check", "a.yaml", "--set", "expect.no_loss=violated").status == 1)
    }

    @Test("a pinned digest is checked from then on")
    func pin() throws {
        _ = try shell.run("new", "race.yaml")
        #expect(try shell.run("check", "--pin", "race.yaml").status == 0)
        #expect(try shell.run("check", "race.yaml").status == 0)
        #expect(
            try shell.run("check", "race.yaml", "--seed", "8").status == 0, "it is the digest of the file's own seed")
        try shell.write(shell.read("race.yaml").replacing("latency: 30ms", with: "latency: 31ms"), to: "race.yaml")
        let other = try shell.run("check", "race.yaml")
        #expect(other.status == 1 && other.output.contains("digest: expected"))
        #expect(try shell.run("check", "--pin", "race.yaml", "--seed", "8").status == 64)
    }

    @Test("the schemas are JSON", arguments: [([], "script"), (["scenario"], "script"), (["plan"], "demand")])
    func schema(arguments: [String], key: String) throws {
        let schema = try shell.run(["schema"] + arguments)
        #expect(schema.status == 0)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) as? [String: Any])
        #expect((object["properties"] as? [String: Any])?.keys.contains(key) == true)
    }

    @Test(
        "what does not fit on standard output is an error",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullOutput() throws {
        let process = Process()
        process.executableURL = Shell.executable
        process.arguments = ["schema"]
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 70 && text.hasPrefix("confab: standard output cannot be written: "))
    }

    @Test("every command that runs a world refuses one that is too large, and several that are so together")
    func tooLarge() throws {
        _ = try shell.run("new", "town.yaml", "--template", "population")
        let huge = [
            "--set", "populations.town={ users: 2_000_000_000, devices: 4, sends: 1/day }", "--set",
            "system.chat_servers.count=60000", "--set", "expect={}",
        ]
        for command in ["run", "explore", "shrink", "diff", "trace"] {
            let more = ["diff": ["--with", "seed=2"], "trace": ["--html", "page.html"]][command] ?? []
            let refused = try shell.run([command, "town.yaml"] + huge + more)
            #expect(
                refused.status == 64 && refused.errors.contains("too large for the machine"), "\(command): \(refused)")
        }
        let checked = try shell.run(["check", "town.yaml"] + huge)
        #expect(checked.status == 64 && checked.output.contains("this world is too large"))
        let many = try shell.run("explore", "town.yaml", "--seeds", "1000000000", "--jobs", "1000000000")
        #expect(many.status == 64 && many.errors.contains("1000000000 such worlds at a time are too large"))
    }

    @Test("a byte order mark at the beginning of a file is passed over")
    func byteOrderMark() throws {
        _ = try shell.run("new", "race.yaml")
        try shell.write("\u{FEFF}" + shell.read("race.yaml"), to: "marked.yaml")
        #expect(try shell.run("check", "race.yaml", "marked.yaml").output.contains("2 passed"))
    }

    @Test("a plan is validated as one")
    func plan() throws {
        let text = "confab_plan: 1\nname: p\ndemand: { users: { now: 5 } }\n"
        try shell.write(text, to: "plan.yaml")
        #expect(try shell.run("validate", "plan.yaml").output == "plan.yaml: valid\n")
        try shell.write(text.replacing("now: 5", with: "nwo: 5"), to: "plan.yaml")
        let run = try shell.run("validate", "plan.yaml")
        #expect(
            run.status == 65 && run.errors.contains("plan.yaml:3:20: error: unknown key `nwo`; did you mean `now`?"))
    }

    @Test("a scenario that was made small takes the place of another such, and of no other file")
    func shrinkOver() throws {
        _ = try shell.run("new", "race.yaml")
        let text = try shell.read("race.yaml")
        let arguments = ["shrink", "race.yaml", "--invariant", "same_order_for_both_users", "--runs", "5", "--out"]
        let refused = try shell.run(arguments + ["race.yaml"])
        #expect(refused.status == 64 && refused.errors.contains("race.yaml exists and is not by Confab"))
        #expect(try shell.read("race.yaml") == text)
        for _ in 0..<2 { #expect(try shell.run(arguments + ["small.yaml"]).status == 0) }
        #expect(try shell.run(arguments + ["race.yaml", "--force"]).status == 0)
        #expect(try shell.read("race.yaml").hasPrefix("# Made by `confab shrink` from race.yaml"))
    }

    @Test("a scenario that is being made small is written as small as it is when that is interrupted")
    func interruptedShrink() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("scenarios")
        let name = "connection-long-poll-under-faults.yaml"
        try shell.write(String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8), to: name)
        let arguments = [
            "shrink", name, "--set", "duration=180s", "--set", "populations.town.users=600", "--mutant",
            "poll-answered-once", "--until", "10min", "--out", "small.yaml",
        ]
        // All of it takes seven times as long as the runs that show why it fails.
        let firstRuns = try ContinuousClock().measure { _ = try shell.run(arguments + ["--runs", "1"]) }
        let process = Process()
        process.executableURL = Shell.executable
        process.arguments = arguments
        process.currentDirectoryURL = shell.folder
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: 2 * (firstRuns / .seconds(1)))
        process.interrupt()
        let guardian = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: guardian)
        defer { guardian.cancel() }
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let small = try shell.read("small.yaml")
        #expect(small.hasPrefix("# Made by `confab shrink` from \(name), seed 2."))
        #expect(small.contains("\nexpect:\n  digest: ") && small.contains("\n  no_loss: violated\n"))
    }

    @Test("a run that is interrupted says how far it got")
    func interrupt() throws {
        _ = try shell.run("new", "town.yaml", "--template", "population")
        let process = Process()
        process.executableURL = Shell.executable
        process.arguments = ["run", "town.yaml", "--set", "duration=20d", "--set", "populations.town.sends=30/min"]
        process.currentDirectoryURL = shell.folder
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        // The program may need a moment to begin to watch; an interrupt before that ends it without a word.
        Thread.sleep(forTimeInterval: 3)
        process.interrupt()
        // Whatever happens, the test ends.
        let guardian = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: guardian)
        defer { guardian.cancel() }
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(output.contains("interrupted after"))
    }
}
