import Language
import Scenario
import Testing

@Suite("Places in a scenario")
struct ScenarioPlacesTests {
    private let places = ScenarioPlaces(
        text: """
            confab: 1
            # a comment
            expect:
              no_loss: held
              views: { bob.phone: [M1] }
              sometimes:
                - { invariant: no_loss }
                - metric: a.b

            """)

    @Test(
        "the place of a key is where it stands, or where the nearest section around it does",
        arguments: [
            (["expect", "no_loss"], 4, 3), (["expect", "views", "bob.phone"], 5, 12),
            (["expect", "sometimes", "1"], 8, 7),
            (["expect", "sender_fifo"], 3, 1), (["expect", "views", "alice.phone"], 5, 3),
            (["expect", "sometimes", "2"], 6, 3), (["expect", "no_loss", "deeper"], 4, 3), (["nowhere"], 1, 1),
            ([], 1, 1),
        ] as [([String], Int, Int)])
    func position(path: [String], line: Int, column: Int) {
        #expect(places.position(of: path) == SourcePosition(line: line, column: column))
    }

    @Test("in what is not YAML, everything is at its beginning")
    func broken() {
        #expect(ScenarioPlaces(text: "a: [").position(of: ["a"]) == SourcePosition(line: 1, column: 1))
    }
}
