import Foundation
import Testing

@Suite("Cost profiles on the command line")
struct CostsCommandTests {
    private let shell: Shell

    init() throws {
        shell = try Shell()
        _ = try shell.run("new", "race.yaml")
        try shell.write(
            "confab_costs: 1\nsource: a test\ncosts:\n  chat_server: { submit: 9ms, poll: 1us }\n", to: "costs.yaml")
    }

    private func json(_ arguments: String...) throws -> [String: Any] {
        let run = try shell.run(arguments)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test("a run takes costs from a profile, says so in what replays it, and a change goes before it")
    func run() throws {
        let plain = try json("run", "race.yaml", "--json")
        let costly = try json("run", "race.yaml", "--costs", "costs.yaml", "--json")
        #expect(costly["digest"] as? String != plain["digest"] as? String)
        #expect(costly["replay"] as? String == "confab run race.yaml --costs costs.yaml")
        let set = try json("run", "race.yaml", "--set", "system.costs.chat_server.submit=9ms", "--json")
        #expect(set["digest"] as? String == costly["digest"] as? String)
        let usual = try json(
            "run", "race.yaml", "--costs", "costs.yaml", "--set", "system.costs.chat_server.submit=64us", "--json")
        #expect(usual["digest"] as? String == plain["digest"] as? String)
    }

    @Test("every command that runs a scenario takes it")
    func commands() throws {
        #expect(try shell.run("check", "race.yaml", "--costs", "costs.yaml").status == 0)
        #expect(try shell.run("trace", "race.yaml", "--costs", "costs.yaml", "--why", "M1").output.contains("9.000 ms"))
        #expect(try shell.run("validate", "race.yaml", "costs.yaml", "--costs", "costs.yaml").status == 0)
        let diff = try shell.run(
            "diff", "race.yaml", "--costs", "costs.yaml", "--with", "system.costs.chat_server.submit=64us")
        #expect(diff.output.contains("cpu.chat_server"))
        let explore = try shell.run(
            "explore", "race.yaml", "--seeds", "5", "--costs", "costs.yaml", "--set",
            "expect={ same_order_for_both_users: held }")
        #expect(explore.status == 1 && explore.output.contains("--costs costs.yaml"))
        let shrink = try shell.run(
            "shrink", "race.yaml", "--costs", "costs.yaml", "--set", "expect={ same_order_for_both_users: held }",
            "--out", "small.yaml")
        #expect(shrink.status == 0)
        #expect(try shell.run("check", "race.yaml", "--pin", "--costs", "costs.yaml").errors.contains("no --costs"))
    }

    @Test("a profile that is wrong is named with its place, and nothing runs")
    func wrong() throws {
        try shell.write("confab_costs: 1\nsource: s\ncosts:\n  chat_server: { sumbit: 1us }\n", to: "bad.yaml")
        for command in [["run"], ["check"], ["trace", "--why", "M1"], ["validate"], ["explore"]] {
            let run = try shell.run(command + ["race.yaml", "--costs", "bad.yaml"])
            #expect(run.status == 65 && run.output.isEmpty, "\(command)")
            #expect(
                run.errors == "bad.yaml:4:18: error: unknown key `sumbit`; did you mean `submit`?\n", "\(command)")
        }
        #expect(try shell.run("run", "race.yaml", "--costs", "none.yaml").errors.contains("there is no such file"))
        #expect(try shell.run("run", "race.yaml", "--costs", "race.yaml").errors.contains("`confab_costs` is missing"))
    }

    @Test("a plan takes what work costs from a profile, and its report says so")
    func plan() throws {
        try shell.write(
            "confab_costs: 1\nsource: a test\ncosts:\n  chat_server: { submit: 2us, forwarded: 1us, put_done: 1us, forward: 1us, "
                + "open: 1us, rows_end: 1us, poll: 1us, presence_changed: 1us }\n  load_balancer: { resolve: 30ns }\n  "
                + "cache: { put: 1us, put_done: 1us }\n",
            to: "all.yaml")
        try shell.write("confab_plan: 1\nname: p\ndemand: { users: { now: 5_000_000 } }\n", to: "plan.yaml")
        #expect(try shell.run("validate", "plan.yaml", "--costs", "all.yaml").output == "plan.yaml: valid\n")
        let run = try shell.run("plan", "plan.yaml", "--costs", "all.yaml", "--out", "report", "--no-simulation")
        #expect(!run.output.isEmpty && !run.errors.contains("error:"))
        let report = try shell.read("report/report.csv")
        #expect(report.contains("all.yaml, submit + forwarded + put_done of a chat server: a test"))
        #expect(try shell.run("plan", "plan.yaml", "--costs", "plan.yaml").status == 65)
    }

    @Test("calibrate prints a line for each kind, and writes a profile that other commands take")
    func calibrate() throws {
        let run = try shell.run("calibrate", "--size", "1", "--seconds", "1", "--out", "mine.yaml")
        #expect(run.status == 0 && run.errors == "wrote mine.yaml\n")
        #expect(run.output.contains("  chat_server    submit ") && run.output.contains("  storage        put "))
        #expect(run.output.contains("System calls, the network stack, TLS"))
        let profile = try shell.read("mine.yaml")
        #expect(profile.hasPrefix("confab_costs: 1\n# What the component code takes"))
        #expect(try shell.run("validate", "mine.yaml").output == "mine.yaml: valid\n")
        #expect(try json("run", "race.yaml", "--costs", "mine.yaml", "--json")["passed"] as? Bool == true)
    }

    @Test("calibrate writes over a profile, but over nothing else")
    func refusal() throws {
        let refused = try shell.run("calibrate", "--size", "1", "--seconds", "1", "--out", "race.yaml")
        #expect(refused.status == 64 && refused.errors.contains("--force"))
        #expect(try shell.read("race.yaml").hasPrefix("#"))
        #expect(try shell.run("calibrate", "--seconds", "0").status == 64)
        #expect(try shell.run("calibrate", "--force").errors.contains("--out"))
        let json = try json("calibrate", "--size", "1", "--seconds", "1", "--json")
        #expect((json["costs"] as? [Any])?.isEmpty == false && (json["rounds"] as? Int ?? 0) >= 3)
    }
}
