import Reporting

/// A small run as a page, whose names try to be more than text.
enum SamplePage {
    static let hostile = #"</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">&amp;@DATA@"#

    static func page(
        name: String = "a run", message: String = "M1", text: String = "push M1", isViolated: Bool = true
    ) -> TracePage {
        TracePage(
            name: name, about: "f.yaml", reason: "a reason with \(message)", isViolated: isViolated,
            extent: "all of it",
            opensPast: false, focus: 2, total: 4,
            processes: [
                TracePage.Process(name: "alice.phone", user: "alice"), TracePage.Process(name: "chat_server.1"),
                TracePage.Process(name: "bob.phone", user: message),
            ],
            messages: [TracePage.Message(name: message, sender: "alice", recipient: "bob")],
            events: [
                TracePage.Event(
                    number: 0, timeNanoseconds: 1_000_000_000, process: 0, kind: .other, text: "the user sends",
                    messages: [0],
                    notes: [TracePage.Note(.normal, "sends \(message)")], flags: [.past]),
                TracePage.Event(
                    number: 1, timeNanoseconds: 1_030_000_000, process: 1, kind: .message, text: "submit \(message)",
                    source: 0,
                    sentNanoseconds: 1_000_000_000, startNanoseconds: 1_030_000_000, finishNanoseconds: 1_030_064_000,
                    cause: 0, messages: [0],
                    notes: [TracePage.Note(.fault, "lost on the way to bob.phone: \(message)", towards: 2)],
                    flags: [.past]),
                TracePage.Event(
                    number: 2, timeNanoseconds: 1_060_000_000, process: 2, kind: .message, text: text, source: 1,
                    sentNanoseconds: 1_030_064_000, startNanoseconds: 1_060_000_000, finishNanoseconds: 1_060_000_000,
                    cause: 1, messages: [0], notes: [TracePage.Note(.shown, "shows \(message)", message: 0)],
                    flags: [.past]),
                TracePage.Event(
                    number: 3, timeNanoseconds: 2_000_000_000, process: 1, kind: .timer, text: "sweep is due",
                    flags: [.quiet]),
            ],
            bands: [
                TracePage.Band(
                    processes: [1], startNanoseconds: 1_040_000_000, endNanoseconds: 1_900_000_000, kind: .crash,
                    text: "down \(message)")
            ])
    }
}
