import Foundation
import Reporting
import Testing

@Suite("Reports of searches")
struct ExplorationReportTests {
    @Test("each failure is one line with the command that replays it, and seeds of an earlier search are named")
    func text() {
        #expect(
            Samples.exploration.text(style: TerminalStyle(hasColour: false)) == """
                FAIL no_loss: 1,200 seeds, the first 4, 9; replay with: confab run race.yaml --seed 4
                     M1 is gone
                     shrink with: confab shrink race.yaml --seed 4
                FAIL no_loss: 1 seed, the first 17; replay with: confab run race.yaml --seed 17
                     M1 is late
                     shrink with: confab shrink race.yaml --seed 17
                ok   no_duplicates held: under 2,999 seeds, the first 1
                FAIL messages failed at least 1: under no seed, so that the search shows nothing of it
                3,000 seeds, 1,000 of them by an earlier search in 4.0 s (500 seeds/s), 12 kinds of situation; interrupted
                FAILED

                """)
    }

    @Test("the JSON has every key of the interface, and null for what there is not")
    func json() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(Samples.exploration.json().utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "scenario", "version", "seeds", "known", "failed", "must_hold", "groups", "goals", "situations",
                "events",
                "wall_seconds", "ended", "passed",
            ])
        let goals = try #require(object["goals"] as? [[String: Any]])
        #expect(goals[1]["first"] is NSNull && goals[1]["path"] as? [String] == ["expect", "sometimes", "0"])
    }

    @Test("the rate and the time left are those of the seeds that are run now")
    func progress() {
        let line = ProgressLine.text(seeds: 1500, known: 1000, of: 2500, failed: 3, elapsedSeconds: 2)
        #expect(line.hasSuffix("1,500 of 2,500 seeds, 3 failed, 250 seeds/s, 4.0 s left"))
    }
}
