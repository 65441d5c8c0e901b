import Foundation
import Testing

/// What the program gives to continuous integration.
@Suite("Continuous integration")
struct IntegrationTests {
    private let shell: Shell

    init() throws {
        shell = try Shell()
        _ = try shell.run("new", "race.yaml")
    }

    private func write(_ name: String, replacing old: String, with new: String) throws {
        let text = try shell.read("race.yaml")
        try #require(text.contains(old))
        try shell.write(text.replacing(old, with: new), to: name)
    }

    private func annotations(_ output: String) -> [String] {
        output.split(separator: "\n").filter { $0.hasPrefix("::error ") }.map(String.init)
    }

    private func line(of text: String, in name: String) throws -> Int {
        let lines = try shell.read(name).components(separatedBy: "\n")
        return try #require(lines.firstIndex { $0.contains(text) }) + 1
    }

    @Test("`check` writes a test case for each file and points at the lines that were not met")
    func check() throws {
        try write("failed.yaml", replacing: "bob.phone: [M2, M1]", with: "bob.phone: [M1]")
        try write("invalid.yaml", replacing: "seed: 7", with: "sede: 7")
        let run = try shell.run("check", ".", "--junit", "report.xml", "--github")
        #expect(run.status == 65)
        let junit = try shell.read("report.xml")
        #expect(junit.contains("<testsuite name=\"confab check\" tests=\"3\" failures=\"1\" errors=\"1\""))
        #expect(junit.contains("replay with: confab run ./failed.yaml") && junit.contains("did you mean `seed`?"))
        let found = annotations(run.output)
        try #require(found.count == 2)
        let line = try line(of: "bob.phone: [M1]", in: "failed.yaml")
        #expect(
            found[0].hasPrefix("::error file=failed.yaml,line=\(line),col=5,title=scenario failed::view of bob.phone")
        )
        #expect(found[0].hasSuffix("%0Areplay with: confab run ./failed.yaml"))
        let wrong = try self.line(of: "sede: 7", in: "invalid.yaml")
        #expect(
            found[1].hasPrefix(
                "::error file=invalid.yaml,line=\(wrong),col=1,title=scenario is not valid::unknown key"))
        #expect(try shell.run("check", "race.yaml", "--github").output.contains("::error") == false)
    }

    @Test("a report takes the place of a report and of nothing else, and goes into what is no file")
    func reportFile() throws {
        let scenario = try shell.read("race.yaml")
        let refused = try shell.run("check", "race.yaml", "--junit", "race.yaml")
        #expect(refused.status == 64 && refused.errors.contains("race.yaml exists and is not by Confab"))
        #expect(try shell.read("race.yaml") == scenario)
        for _ in 0..<2 { #expect(try shell.run("check", "race.yaml", "--junit", "report.xml").status == 0) }
        try FileManager.default.createSymbolicLink(
            atPath: shell.path("link.xml"), withDestinationPath: shell.path("report.xml"))
        #expect(try shell.run("explore", "race.yaml", "--seeds", "1", "--junit", "link.xml").status == 0)
        #expect(try shell.read("report.xml").contains("confab explore"))
        for path in [".", "nowhere/report.xml"] {
            #expect(try shell.run("check", "race.yaml", "--junit", path).status == 64)
        }
        try shell.write("", to: "empty.xml")
        #expect(try shell.run("check", "race.yaml", "--junit", "empty.xml").status == 0)
        #expect(try shell.run("check", "race.yaml", "--junit", "/dev/null").status == 0)
        let null = try FileManager.default.attributesOfItem(atPath: "/dev/null")
        #expect(null[.type] as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test(
        "what an interrupt breaks off is not reported as failed",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat")))
    func interrupted() throws {
        _ = try shell.run("new", "town.yaml", "--template", "population")
        let town = try shell.read("town.yaml")
        let line = try #require(town.split(separator: "\n").first { $0.hasPrefix("duration: ") })
        try shell.write(town.replacing(line, with: "duration: 20d"), to: "town.yaml")
        let stopped = try #require(
            try shell.start(
                [
                    "check", "race.yaml", "town.yaml", "--json", "--junit", "report.xml", "--jobs", "1",
                ], send: SIGINT,
                once: { Self.processorSeconds(of: $0) > 2 }))
        #expect(stopped.status == 130 && stopped.errors == "interrupted: 1 of 2 files were checked\n")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(stopped.output.utf8)) as? [String: Any])
        #expect(report["interrupted"] as? Bool == true && report["failed"] as? Int == 0)
        #expect(try shell.read("report.xml").contains("tests=\"1\" failures=\"0\""))
    }

    /// How long a process has had a processor.
    private static func processorSeconds(of process: pid_t) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ")
        return fields.count > 13 ? (Double(fields[13]) ?? 0) / Double(sysconf(Int32(_SC_CLK_TCK))) : 0
    }

    @Test("`explore` writes a test case for each invariant, and points at the line of what failed or never happened")
    func explore() throws {
        try write(
            "held.yaml", replacing: "same_order_for_both_users: violated",
            with: "same_order_for_both_users: held\n  sometimes: [{ messages: failed }]")
        let run = try shell.run("explore", "held.yaml", "--seeds", "5", "--junit", "report.xml", "--github")
        #expect(run.status == 1)
        let replays = run.output.split(separator: "\n").filter { $0.hasPrefix("FAIL ") && $0.contains("replay with: ") }
        try #require(replays.count == 2, "bob's phone or alice's is named first")
        #expect(replays.allSatisfy { $0.firstMatch(of: /replay with: confab run held\.yaml --seed [0-9]+$/) != nil })
        let found = annotations(run.output)
        let line = try line(of: "same_order_for_both_users", in: "held.yaml")
        try #require(found.count == 4, "violated in two ways, never held, and no message failed")
        for place in 0..<2 {
            #expect(
                found[place].hasPrefix(
                    "::error file=held.yaml,line=\(line),col=3,title=same_order_for_both_users violated::"))
        }
        #expect(found[2].hasPrefix("::error file=held.yaml,line=\(line),col=3,title=search shows nothing::"))
        #expect(found[3].contains("line=\(line + 1),col=15,title=search shows nothing::messages failed at least 1"))
        let junit = try shell.read("report.xml")
        #expect(junit.contains("name=\"no_loss\" classname=\"held.yaml\" file=\"held.yaml\"/>"))
        #expect(junit.contains("name=\"sometimes messages failed at least 1\""))
        #expect(try shell.run("explore", "race.yaml", "--seeds", "5", "--junit", "report.xml").status == 0)
        #expect(try shell.read("report.xml").contains("failures=\"0\" errors=\"0\""))
    }

    @Test("`validate` points at every error")
    func validate() throws {
        try write("invalid.yaml", replacing: "duration: 10s", with: "duration: 10")
        let run = try shell.run("validate", "invalid.yaml", "race.yaml", "--github")
        #expect(run.status == 65 && run.output.contains("race.yaml: valid\n"))
        #expect(annotations(run.output).count == 1)
        #expect(
            annotations(run.output)[0].hasPrefix(
                "::error file=invalid.yaml,line=\(try line(of: "duration", in: "invalid.yaml")),col=11,"))
    }

    @Test("a figure that a system does not report is an error with its place, wherever it is named")
    func unknownFigure() throws {
        for key in ["metrics: { storage.flush: 1 }", "sometimes: [{ metric: storage.flush }]"] {
            try write("figure.yaml", replacing: "expect:\n", with: "expect:\n  \(key)\n")
            let line = try line(of: key, in: "figure.yaml")
            for command in ["run", "check", "explore", "validate"] {
                let run = try shell.run(command, "figure.yaml")
                #expect(run.status == 65)
                let output = command == "check" ? run.output : run.errors
                #expect(output.contains("figure.yaml:\(line):"), "\(output)")
                #expect(output.contains("error: no figure of this system is called `storage.flush`"))
            }
        }
    }

    @Test("a single run tells what happened of what must happen sometimes, and does not fail")
    func sometimes() throws {
        try write(
            "sometimes.yaml", replacing: "expect:\n",
            with: "expect:\n  sometimes: [{ messages: failed }, { messages: acked }]\n")
        let run = try shell.run("run", "sometimes.yaml")
        #expect(run.status == 0)
        #expect(run.output.contains("  no   messages failed at least 1  0\n  yes  messages acked at least 1   2\n"))
        #expect(try shell.run("check", "sometimes.yaml").status == 0)
    }

    @Test("reports that cannot be written are refused before anything runs")
    func misuse() throws {
        let run = try shell.run("check", "race.yaml", "--junit", "none/report.xml")
        #expect(run.status == 64 && run.output.isEmpty && run.errors.contains("there is no folder"))
        #expect(try shell.run("check", "race.yaml", "--json", "--github").status == 64)
        #expect(try shell.run("explore", "race.yaml", "--json", "--github").status == 64)
    }
}
