extension Presence {
    /// How many users a question to another chat server is about at most, so that a word holds the answer.
    static let partUsersMax = 64

    /// A question of a device that other chat servers were asked about.
    struct Pull: Sendable {
        let device: DeviceID
        let reason: PullReason
        let friendCount: UInt32
        let chat: UserID?
        /// What is known so far, by place in the question.
        var statuses: StatusWords
        /// For each part that another chat server was asked about, the places of its users; none once it is answered.
        var parts: [[UInt32]] = []
        /// How many of them are not answered.
        var missingCount = 0
    }

    /// A device asks for the statuses of some friends of its user, and of the user of a chat.
    mutating func pulled(
        by device: DeviceID, reason: PullReason, friendCount: UInt32, chat: UserID?, in server: ChatServer,
        outbox: inout Outbox
    ) {
        tally.pulls[Int(reason.rawValue)] += 1
        var users = friendCount == 0 ? [] : configuration.friends.friends(of: device.user)
        users.removeLast(users.count - min(users.count, Int(friendCount)))
        let friendCount = UInt32(users.count)
        if let chat { users.append(chat) }
        var pull = Pull(
            device: device, reason: reason, friendCount: friendCount, chat: chat,
            statuses: StatusWords(count: users.count))
        volatile.nextPull &+= 1
        let name = UInt64(server.durable.epoch) << 32 | UInt64(volatile.nextPull)
        forEachServer(of: users, as: server) { number, words in
            if number == server.number {
                for word in words {
                    let place = Self.place(word)
                    pull.statuses[place] = server.volatile.connections.isConnected(users[place])
                }
                return
            }
            var rest = words
            while !rest.isEmpty {
                let part = rest.prefix(Self.partUsersMax)
                rest = rest.dropFirst(Self.partUsersMax)
                outbox.send(
                    .presence(.query(pull: name, part: UInt32(pull.parts.count), count: UInt32(part.count))),
                    to: server.placement.chatServerAddress(number),
                    attachment: UserWords.words(of: part.lazy.map { users[Self.place($0)] }))
                pull.parts.append(part.map { UInt32(truncatingIfNeeded: $0) })
            }
        }
        pull.missingCount = pull.parts.count
        guard pull.missingCount > 0 else {
            answer(pull, in: server, outbox: &outbox)
            return
        }
        volatile.pulls[volatile.nextPull] = pull
        outbox.timer(
            TimerToken(kind: ChatServer.TimerKind.presencePull.rawValue, value: UInt64(volatile.nextPull)),
            afterNanoseconds: server.configuration.requestTimeoutNanoseconds)
    }

    /// Another chat server asks about users.
    func queried(
        pull: UInt64, part: UInt32, count: UInt32, words: UnsafeBufferPointer<UInt64>, from source: Address,
        connections: ConnectionTable, outbox: inout Outbox
    ) {
        var online: UInt64 = 0
        for index in 0..<Int(count) where connections.isConnected(UserWords.user(index, in: words)) {
            online |= 1 << UInt64(index)
        }
        outbox.send(.presence(.answer(pull: pull, part: part, online: online)), to: source)
    }

    /// Another chat server has answered.
    mutating func answered(
        pull name: UInt64, part: UInt32, online: UInt64, in server: ChatServer, outbox: inout Outbox
    ) {
        let number = UInt32(truncatingIfNeeded: name)
        guard UInt32(truncatingIfNeeded: name >> 32) == server.durable.epoch,
            var pull = volatile.pulls.removeValue(forKey: number)
        else { return }
        let places = pull.parts[Int(part)]
        if !places.isEmpty {
            for (index, place) in places.enumerated() {
                pull.statuses[Int(place)] = online & (1 << UInt64(index)) != 0
            }
            pull.parts[Int(part)] = []
            pull.missingCount -= 1
        }
        if pull.missingCount == 0 {
            answer(pull, in: server, outbox: &outbox)
        } else {
            volatile.pulls[number] = pull
        }
    }

    /// Other chat servers have had their time: the device gets what is known.
    mutating func pullTimerFired(_ value: UInt64, in server: ChatServer, outbox: inout Outbox) {
        guard let pull = volatile.pulls.removeValue(forKey: UInt32(truncatingIfNeeded: value)) else { return }
        answer(pull, in: server, outbox: &outbox)
    }

    private func answer(_ pull: Pull, in server: ChatServer, outbox: inout Outbox) {
        guard let address = server.volatile.connections.address(of: pull.device), !pull.statuses.words.isEmpty else {
            return
        }
        outbox.send(
            .presence(.statuses(pull.device, pull.reason, friendCount: pull.friendCount, chat: pull.chat)), to: address,
            attachment: pull.statuses.words)
    }
}
