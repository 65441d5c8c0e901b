import Foundation
import Testing

@Suite("confab trace")
struct TraceCommandTests {
    private let shell: Shell

    init() throws {
        shell = try Shell()
        _ = try shell.run("new", "race.yaml")
    }

    @Test("it tells how a message came to where it is shown")
    func why() throws {
        let told = try shell.run("trace", "race.yaml", "--why", "M1", "--on", "bob.phone")
        #expect(told.status == 0 && told.errors.isEmpty)
        #expect(
            told.output.hasPrefix("M1 on bob.phone: shown at ")
                && told.output.contains("forward M1 arrives from chat_server.1"))
        let unknown = try shell.run("trace", "race.yaml", "--why", "M9")
        #expect(unknown.status == 64 && unknown.errors.contains("no message is called `M9`; did you mean `M1`?"))
    }

    @Test("it writes a page and a trace, over its own files but over nobody else's")
    func files() throws {
        let written = try shell.run("trace", "race.yaml", "--html", "page.html", "--perfetto", "run.json")
        #expect(written.status == 0 && written.output.isEmpty)
        #expect(written.errors == "wrote page.html\nwrote run.json\n")
        let page = try shell.read("page.html")
        #expect(page.hasPrefix("<!doctype html>") && page.contains("same_order_for_both_users"))
        #expect(try shell.run("trace", "race.yaml", "--html", "page.html").status == 0)
        #expect(try shell.read("page.html") == page)
        try shell.write("mine", to: "mine.html")
        let refused = try shell.run("trace", "race.yaml", "--html", "mine.html")
        #expect(refused.status == 64 && refused.errors.contains("not by Confab"))
        #expect(try shell.read("mine.html") == "mine")
        #expect(try shell.run("trace", "race.yaml", "--html", "mine.html", "--force").status == 0)
        #expect(try shell.read("mine.html") == page)
        #expect(try shell.run("trace", "race.yaml", "--html", "no/where.html").status == 64)
    }

    @Test("wrong usage says what to do")
    func misuse() throws {
        #expect(try shell.run("trace", "race.yaml").errors.contains("--why MESSAGE, --html FILE or --perfetto FILE"))
        #expect(try shell.run("trace", "race.yaml", "--html", "a.html", "--on", "bob").errors.contains("--why"))
        #expect(try shell.run("trace", "race.yaml", "--html", "a.html", "--from", "5").errors.contains("write 1.5s"))
        #expect(try shell.run("trace", "race.yaml", "--why", "M1", "--from", "1s").errors.contains("the whole run"))
        #expect(try shell.run("trace", "race.yaml", "--why", "M1", "--limit", "9").errors.contains("--html"))
        let backwards = try shell.run("trace", "race.yaml", "--html", "a.html", "--from", "2s", "--to", "1s")
        #expect(backwards.status == 64 && backwards.errors.contains("--from must be before --to"))
    }
}
