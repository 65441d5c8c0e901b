import Foundation
import Testing

@Suite("confab plan")
struct PlanCommandTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let plan = root.appendingPathComponent("plans/start-up.yaml").path
    /// What makes the plan meet all of its objectives, and small.
    private static let safer = [
        "--set", "policies.storage.redundancy={ data_fragments: 10, parity_fragments: 4 }", "--set",
        "demand.users.by_year=[100_000]", "--set", "objectives.years=1", "--no-simulation",
    ]
    private static let names = ["confab-report.txt", "report.csv", "report.html", "report.json", "report.md"]

    private let shell: Shell

    init() throws {
        shell = try Shell()
    }

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: shell.path(folder))) ?? []).sorted()
    }

    @Test("the summary and the findings are printed, and the status says whether the objectives are met")
    func summary() throws {
        let missed = try shell.run("plan", Self.plan)
        #expect(missed.status == 1 && missed.errors.isEmpty)
        #expect(missed.output.hasPrefix("A start-up, from 50 thousand users to 50 million\n"))
        #expect(missed.output.contains("\nfindings\n  critical  Stored messages are not safe enough\n"))
        let met = try shell.run(["plan", Self.plan] + Self.safer)
        #expect(met.status == 0 && met.errors.isEmpty && !met.output.contains("  critical  "))
        #expect(try shell.names.isEmpty)
    }

    @Test("a report is four files, and the same plan gives the same bytes")
    func files() throws {
        let first = try shell.run(["plan", Self.plan, "--out", "first"] + Self.safer)
        #expect(first.status == 0)
        #expect(first.output.hasSuffix("\nwrote first/report.html, report.md, report.json and report.csv\n"))
        _ = try shell.run(["plan", Self.plan, "--out", "second"] + Self.safer)
        #expect(names(in: "first") == Self.names && names(in: "second") == Self.names)
        for name in Self.names { #expect(try shell.read("first/\(name)") == shell.read("second/\(name)")) }
        let json = try shell.run(["plan", Self.plan, "--json"] + Self.safer)
        #expect(try json.status == 0 && json.errors.isEmpty && json.output == shell.read("first/report.json"))
    }

    @Test("a plan that is run as a world says so in its report, beside which the world lies, ready to be run")
    func simulation() throws {
        let small = ["--set", "simulation={ connections: 400, duration: 6s, warm_up: 2s, replications: 2 }"]
        let run = try shell.run(["plan", Self.plan, "--out", "report"] + Self.safer.dropLast() + small)
        #expect(run.status == 0 && run.output.hasSuffix(", and world.yaml\n"), "\(run)")
        #expect(names(in: "report") == Self.names + ["world.yaml"])
        let page = try shell.read("report/report.md")
        #expect(page.contains("## Simulation beside the formulas") && page.contains("No invariant was violated."))
        let world = try shell.run("run", "report/world.yaml", "--seed", "1")
        #expect(world.status == 0)
        let digest = try #require(world.output.firstMatch(of: /digest +([0-9a-f]{16})/)?.1)
        #expect(page.contains("digest \(digest)"))
    }

    @Test("a file that is not valid, or no plan, is told with its place, and nothing is written")
    func invalid() throws {
        try shell.write("confab_plan: 1\nname: x\ndemand:\n  users: { nw: 3 }\n", to: "bad.yaml")
        let bad = try shell.run("plan", "bad.yaml", "--out", "report")
        #expect(bad.status == 65 && bad.output.isEmpty)
        #expect(bad.errors.contains("bad.yaml:4:12: error: unknown key `nw`; did you mean `now`?"))
        try shell.write("confab: 1\n", to: "scenario.yaml")
        let scenario = try shell.run("plan", "scenario.yaml", "--out", "report")
        #expect(scenario.status == 65 && scenario.errors.contains("this is no plan"))
        #expect(try shell.run("plan", "none.yaml").status == 65)
        #expect(try shell.run("plan", Self.plan, "--set", "x").status == 64)
        #expect(try shell.run("plan", Self.plan, "--force").status == 64)
        #expect(try shell.run("plan", Self.plan, "--sweep", "demand.friends").status == 64)
        let sweep = try shell.run("plan", Self.plan, "--json", "--sweep", "demand.friends=100,many")
        #expect(try shell.run("plan", Self.plan, "--sweep", "demand.friends=100,200").status == 64)
        #expect(sweep.status == 65 && sweep.errors.contains("`many`"))
        #expect(try shell.names == ["bad.yaml", "scenario.yaml"])
    }

    @Test("a folder that Confab did not write is left alone without --force, and its files stay with it")
    func foreign() throws {
        try FileManager.default.createDirectory(atPath: shell.path("mine"), withIntermediateDirectories: true)
        try shell.write("notes", to: "mine/notes.md")
        let refused = try shell.run(["plan", Self.plan, "--out", "mine"] + Self.safer)
        #expect(refused.status == 64 && refused.errors.contains("holds notes.md, which Confab did not write"))
        #expect(names(in: "mine") == ["notes.md"])
        #expect(try shell.run(["plan", Self.plan, "--out", "mine", "--force"] + Self.safer).status == 0)
        #expect(names(in: "mine") == (Self.names + ["notes.md"]).sorted())
        #expect(try shell.read("mine/notes.md") == "notes")
    }

    @Test("text from a plan is text in every file")
    func escaped() throws {
        let name = "<script>alert(1)</script> | `x` =1+1"
        let outcome = try shell.run(
            ["plan", Self.plan, "--out", "report", "--set", "name=\"\(name)\""] + Self.safer)
        #expect(outcome.status == 0 && outcome.output.hasPrefix(name))
        #expect(try !shell.read("report/report.html").contains("<script"))
        #expect(
            try shell.read("report/report.md").hasPrefix("# &lt;script&gt;alert(1)&lt;/script&gt; \\| \\`x\\` =1+1\n"))
        #expect(try shell.read("report/report.json").contains("\"title\" : \"<script>alert(1)</script> | `x` =1+1\""))
    }

    @Test("a run that is killed while it writes leaves the old report whole")
    func killed() throws {
        _ = try shell.run(["plan", Self.plan, "--out", "report"] + Self.safer)
        let old = try Self.names.map { try shell.read("report/\($0)") }
        // The folder that the new report is written into is there for as long as it is written.
        let killed = try shell.start(["plan", Self.plan, "--out", "report", "--no-simulation"], send: SIGKILL) { _ in
            (try? shell.names.contains { $0.hasPrefix(".report.confab-") }) ?? false
        }
        let found = try Self.names.map { try shell.read("report/\($0)") }
        // The kill may come a moment after the folders changed places; then the new report is whole.
        #expect(killed == nil || found == old || found[1] != old[1])
        #expect(names(in: "report") == Self.names)
        let again = try shell.run(["plan", Self.plan, "--out", "report"] + Self.safer)
        #expect(again.status == 0)
        #expect(try Self.names.map { try shell.read("report/\($0)") } == old)
        #expect(try shell.names.filter { $0 != "report" }.isEmpty)
    }
}
