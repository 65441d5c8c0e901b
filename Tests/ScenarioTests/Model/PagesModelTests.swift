import Testing

@testable import Scenario

@Suite("Pages of the past in scenarios")
struct PagesModelTests {
    private func text(client: String = "{}", steps: String...) -> String {
        Texts.least + steps.map { "  - \($0)\n" }.joined() + "system: { client: \(client) }\n"
    }

    private func readings(_ text: String) throws -> [(user: Int, device: Int, reading: ReadingModel)] {
        try Scenario.load(text: text, file: "f").script.compactMap {
            if case .read(let reading) = $0.action { ($0.user, $0.device, reading) } else { nil }
        }
    }

    @Test("a user reads on every device, each with its page size")
    func sizes() throws {
        let steps = "{ at: 2s, bob: { fetch_messages: {} } }"
        let read = try readings(text(client: "{ page_size: { phone: 10, default: 25 } }", steps: steps))
        #expect(read.map(\.device) == [0, 1] && read.map(\.reading.pageSize) == [10, 25])
        #expect(try readings(text(steps: steps)).map(\.reading.pageSize) == [20, 20])
    }

    @Test("every key arrives where it belongs")
    func keys() throws {
        let read = try readings(
            text(
                client: "{ pages: by_offset }",
                steps:
                    "{ at: 2s, bob.laptop: { fetch_conversation: { with: alice, size: 7, pages: 3, since: 1s, pause: 200ms } } }"
            ))
        let reading = try #require(read.first?.reading)
        #expect(read.count == 1 && read[0].device == 1)
        #expect(reading.counterpart == 0 && reading.pageSize == 7 && reading.pagesMax == 3)
        #expect(reading.sinceNanoseconds == 1_000_000_000 && reading.pauseNanoseconds == 200_000_000)
        let all = try readings(text(steps: "{ at: 2s, bob.phone: { fetch_messages: { pages: all } } }"))
        #expect(all.map(\.reading.pagesMax) == [0] && all[0].reading.counterpart == nil)
    }

    @Test(
        "what would have no effect or names nothing is refused",
        arguments: [
            ("{ pages: by_offset }", "{ at: 2s, bob: disconnect }", "`pages` would have no effect"),
            (
                "{ page_size: { phone: 5 } }", "{ at: 2s, bob: disconnect }",
                "the page size of `phone` would have no effect"
            ),
            (
                "{ page_size: { phone: 5 } }", "{ at: 2s, bob.laptop: { fetch_messages: {} } }",
                "the page size of `phone` would have no effect"
            ),
            (
                "{ page_size: { phone: 5 } }", "{ at: 2s, bob.phone: { fetch_messages: { size: 3 } } }",
                "the page size of `phone` would have no effect"
            ),
            (
                "{ page_size: { phone: 5, laptop: 6, default: 7 } }", "{ at: 2s, bob: { fetch_messages: {} } }",
                "the page size of `default` would have no effect"
            ),
            ("{ page_size: { phone: 0 } }", "{ at: 2s, bob.phone: { fetch_messages: {} } }", "0"),
            ("{}", "{ at: 2s, bob: { fetch_messages: { with: alice } } }", "unknown key `with`"),
            ("{}", "{ at: 2s, bob: { fetch_conversation: {} } }", "the key `with` is missing"),
            ("{}", "{ at: 2s, bob: { fetch_conversation: { with: alcie } } }", "did you mean `alice`"),
            ("{}", "{ at: 2s, bob: { fetch_mesages: {} } }", "did you mean `fetch_messages`"),
            ("{}", "{ at: 2s, bob: { fetch_messages: { pages: some } } }", "some"),
        ])
    func refused(client: String, step: String, message: String) {
        let errors = Texts.errors(in: text(client: client, steps: step))
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }
}
