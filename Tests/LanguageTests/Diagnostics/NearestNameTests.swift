import Testing

@testable import Language

@Suite("Nearest names")
struct NearestNameTests {
    @Test(
        "the name that was probably meant is found",
        arguments: [("duraton", "duration"), ("chat_server", "chat_servers"), ("alcie", "alice"), ("Seed", "seed")])
    func found(name: String, meant: String) {
        let candidates = ["duration", "chat_servers", "alice", "seed", "bob"]
        #expect(NearestName.suggestion(for: name, among: candidates) == meant)
    }

    @Test("a name that is far from all others is not guessed at; the valid ones are listed")
    func notFound() {
        #expect(NearestName.suggestion(for: "xyzzy", among: ["alice", "bob"]) == nil)
        #expect(NearestName.hint(for: "xyzzy", among: ["alice", "bob"]) == "; valid are `alice`, `bob`")
        #expect(NearestName.hint(for: "xyzzy", among: []).isEmpty)
    }
}
