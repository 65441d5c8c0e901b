/// What a chat server knows and says about who is online: a machine of its own inside the server.
///
/// A user is online while any device has a connection to the user's chat server. The machine is told when that begins and ends. It
/// tells the chat servers of friends, at once or after a delay, one message for all friends of a server, and these push it to the
/// friends' devices. And it answers devices that ask: it asks the chat servers of those whom the question is about, one message for all
/// users of a server, and answers with what comes back. All of it is the server's word: whom it has a connection of, it takes for online.
///
/// - `Presence+Broadcasts.swift`: users come and go, and friends are told.
/// - `Presence+Pulls.swift`: devices ask.
struct Presence: Sendable {
    let configuration: PresenceConfiguration
    var volatile = Volatile()
    /// Figures over all lives of the server.
    var tally = PresenceTally()

    /// What does not survive a crash: all of it.
    struct Volatile: Sendable {
        /// Users who have just come online and whose friends are not told yet, with the number of the timer that will do it.
        var delayed: [UserID: UInt32] = [:]
        var nextDelay: UInt32 = 0
        /// Pulls that wait for other chat servers, by number.
        var pulls: [UInt32: Pull] = [:]
        var nextPull: UInt32 = 0
    }

    /// A machine of a server without connections.
    init(configuration: PresenceConfiguration) {
        self.configuration = configuration
    }

    /// The server's memory is gone.
    mutating func crash() {
        volatile = Volatile()
    }

    /// Orders users by the chat server that `server` takes for theirs, and calls `body` once for each server with the places of its users in the list.
    func forEachServer(of users: [UserID], as server: ChatServer, _ body: (UInt32, ArraySlice<UInt64>) -> Void) {
        // Server and place in one word.
        var words = users.enumerated().map { UInt64(server.chatServer(of: $0.element)) << 32 | UInt64($0.offset) }
        words.sort()
        var start = 0
        while start < words.count {
            let number = words[start] >> 32
            let end = words[start...].firstIndex { $0 >> 32 != number } ?? words.count
            body(UInt32(number), words[start..<end])
            start = end
        }
    }

    /// The place that a word of ``forEachServer(of:as:_:)`` stands for.
    static func place(_ word: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: word)) }
}

/// What a chat server has done for presence, over all its lives. These are figures for people; nothing depends on them.
struct PresenceTally: Sendable {
    var broadcasts: UInt64 = 0
    var statusesPushed: UInt64 = 0
    var flapsSuppressed: UInt64 = 0
    /// By ``PullReason``.
    var pulls: [UInt64] = PullReason.allCases.map { _ in 0 }

    /// Reports the figures that a configuration can produce.
    func report(into metrics: inout Metrics, configuration: PresenceConfiguration) {
        func record(_ name: String, _ unit: String, _ meaning: String, _ value: UInt64) {
            metrics.record(MetricDefinition("presence.\(name)", unit: unit, meaning), value)
        }
        record("broadcasts", "changes", "Changes of a user's status that chat servers told friends.", broadcasts)
        record("statuses_pushed", "messages", "Messages to devices with the new status of a friend.", statusesPushed)
        if configuration.broadcastDelayNanoseconds > 0 {
            record(
                "flaps_suppressed", "changes",
                "Users who came online and went offline again before friends were told; they never are.",
                flapsSuppressed)
        }
        let asks = [
            configuration.pullsOnStart, configuration.viewportPeriodNanoseconds != nil, configuration.pullsOnNewChat,
        ]
        let names = ["start", "viewport", "new_chat"]
        let meanings = [
            "Questions of devices that have just connected.", "Questions of devices about those whom they show.",
            "Questions of devices about the user of a chat that was opened.",
        ]
        for reason in PullReason.allCases where asks[Int(reason.rawValue)] {
            let index = Int(reason.rawValue)
            record("pulls.\(names[index])", "questions", meanings[index], pulls[index])
        }
    }
}
