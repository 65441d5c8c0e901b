/// What a chat server has done for connections, over all its lives. These are figures for people; nothing depends on them.
struct ConnectionTally: Sendable {
    var requests: UInt64 = 0
    var opened: UInt64 = 0
    var resets: UInt64 = 0
    var silent: UInt64 = 0
    var broken: UInt64 = 0
    var heartbeats: UInt64 = 0
    var polls: UInt64 = 0
    var emptyAnswers: UInt64 = 0
    var answersWithMessages: UInt64 = 0
    var holdsTimedOut: UInt64 = 0
    var holdsAbandoned: UInt64 = 0

    func report(into metrics: inout Metrics, model: ConnectionConfiguration.Model) {
        func record(_ name: String, _ unit: String, _ meaning: String, _ value: UInt64) {
            metrics.record(MetricDefinition("connection.\(name)", unit: unit, meaning), value)
        }
        record(
            "requests", "requests",
            "Messages of devices that chat servers handled; with long_poll and poll each is a request.",
            requests)
        record("opened", "connections", "Connections that chat servers opened.", opened)
        record("resets", "requests", "Messages of devices that a chat server had no connection of.", resets)
        record(
            "silent", "connections", "Connections that a chat server gave up because nothing was heard of the device.",
            silent)
        record("broken", "connections", "Connections that broke at the chat server's end, by a fault.", broken)
        guard model != .websocket else {
            return record("heartbeats", "messages", "Heartbeats of devices that chat servers answered.", heartbeats)
        }
        record("polls", "requests", "Requests for rows that chat servers took.", polls)
        record("empty_answers", "answers", "Answers to such requests without a row.", emptyAnswers)
        record("answers_with_messages", "answers", "Answers to such requests with rows.", answersWithMessages)
        guard case .longPoll = model else { return }
        record("holds_timed_out", "requests", "Requests that were held until their time was up.", holdsTimedOut)
        record(
            "holds_abandoned", "requests",
            "Requests that were held and that nobody waited for any more: the device closed, opened or asked anew, or fell silent.",
            holdsAbandoned)
    }
}
