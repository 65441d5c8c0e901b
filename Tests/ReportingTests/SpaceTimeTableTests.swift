import Reporting
import Testing

@Suite("Space-time table")
struct SpaceTimeTableTests {
    private func row(
        _ time: String, _ column: Int, from: Int? = nil, _ text: String,
        _ emphasis: SpaceTimeTable.Row.Emphasis = .normal
    ) -> SpaceTimeTable.Row {
        .init(time: time, column: column, fromColumn: from, text: text, emphasis: emphasis)
    }

    @Test("messages are arrows, what happens to a process is a mark on its line, idle processes are left out")
    func picture() {
        let table = SpaceTimeTable(
            columns: ["alice.phone", "idle", "chat_server.1", "bob.phone"],
            rows: [
                row("1.000 s", 0, "sends M1"), row("1.030 s", 2, from: 0, "submit M1"),
                row("1.060 s", 3, from: 2, "push M1"), row("1.060 s", 3, "shows M1", .shown),
                row("1.070 s", 0, from: 2, "accepted M1 #1 with a long text"), row("2.000 s", 2, "crashes", .fault),
            ])
        let lines = table.text(width: 75, style: TerminalStyle(hasColour: false)).split(separator: "\n").map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        #expect(
            lines == [
                "              alice.phone          chat_server.1           bob.phone",
                "1.000 s             ● sends M1            │                     │",
                "1.030 s             ├───── submit M1 ────▶│                     │",
                "1.060 s             │                     ├────── push M1 ─────▶│",
                "1.060 s             │                     │                     ● shows M1",
                "1.070 s             │◀────────────────────┤ accepted M1 #1 with a long text",
                "2.000 s             │                     ✗ crashes             │",
            ])
    }

    @Test("a run that is too long for a picture says how much is not drawn")
    func tooLong() {
        let rows = (0..<SpaceTimeTable.rowsMax + 7).map { row("\($0)", 0, "x") }
        let text = SpaceTimeTable(columns: ["a"], rows: rows).text(width: 80, style: TerminalStyle(hasColour: false))
        #expect(text.hasSuffix("7 more events are not drawn\n"))
    }

    @Test("nothing gives no picture")
    func empty() {
        #expect(SpaceTimeTable(columns: ["a"], rows: []).text(width: 80, style: TerminalStyle(hasColour: true)).isEmpty)
    }
}
