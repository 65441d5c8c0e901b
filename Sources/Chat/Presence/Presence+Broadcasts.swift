extension Presence {
    /// The first device of a user has a connection: tell friends, at once or after a delay.
    mutating func cameOnline(_ user: UserID, in server: ChatServer, outbox: inout Outbox) {
        outbox.observe(Observation(.cameOnline, device: DeviceID(user: user, index: 0)))
        guard configuration.broadcastDelayNanoseconds > 0, server.configuration.mutant != .presenceWithoutDelay else {
            broadcast(user, isOnline: true, in: server, outbox: &outbox)
            return
        }
        delay(user, byNanoseconds: configuration.broadcastDelayNanoseconds, outbox: &outbox)
    }

    /// A user who is online when the run begins came so long before, in nanoseconds: what remains of the delay is to come.
    mutating func cameOnlineBeforeStart(_ user: UserID, agoNanoseconds: UInt64, outbox: inout Outbox) {
        guard agoNanoseconds < configuration.broadcastDelayNanoseconds else { return }
        delay(user, byNanoseconds: configuration.broadcastDelayNanoseconds - agoNanoseconds, outbox: &outbox)
    }

    /// The last device of a user has lost its connection: tell friends, if that is the scheme. Those who were not told yet that the
    /// user was online never are.
    mutating func wentOffline(_ user: UserID, in server: ChatServer, outbox: inout Outbox) {
        outbox.observe(Observation(.wentOffline, device: DeviceID(user: user, index: 0)))
        if volatile.delayed.removeValue(forKey: user) != nil { tally.flapsSuppressed += 1 }
        if configuration.broadcastsOffline {
            broadcast(user, isOnline: false, in: server, outbox: &outbox)
        }
    }

    /// The delay of a user who came online is over: if the user has been online all the time, friends are told.
    mutating func delayTimerFired(_ value: UInt64, in server: ChatServer, outbox: inout Outbox) {
        let user = UserID(UInt32(truncatingIfNeeded: value >> 32))
        guard volatile.delayed[user] == UInt32(truncatingIfNeeded: value) else { return }
        volatile.delayed[user] = nil
        broadcast(user, isOnline: true, in: server, outbox: &outbox)
    }

    /// Another chat server tells that a user has come or gone, whose friends are this server's.
    mutating func changed(
        _ user: UserID, isOnline: Bool, count: UInt32, words: UnsafeBufferPointer<UInt64>,
        connections: ConnectionTable, outbox: inout Outbox
    ) {
        for index in 0..<Int(count) {
            push(user, isOnline: isOnline, to: UserWords.user(index, in: words), connections, outbox: &outbox)
        }
    }

    private mutating func delay(_ user: UserID, byNanoseconds wait: UInt64, outbox: inout Outbox) {
        volatile.nextDelay &+= 1
        volatile.delayed[user] = volatile.nextDelay
        outbox.timer(
            TimerToken(
                kind: ChatServer.TimerKind.presenceDelay.rawValue,
                value: UInt64(user.rawValue) << 32 | UInt64(volatile.nextDelay)), afterNanoseconds: wait)
    }

    private mutating func broadcast(
        _ user: UserID, isOnline: Bool, in server: ChatServer, outbox: inout Outbox
    ) {
        tally.broadcasts += 1
        let friends = configuration.friends.friends(of: user)
        forEachServer(of: friends, as: server) { number, words in
            let receivers = words.lazy.map { friends[Self.place($0)] }
            if number == server.number {
                for friend in receivers {
                    push(user, isOnline: isOnline, to: friend, server.volatile.connections, outbox: &outbox)
                }
            } else {
                outbox.send(
                    .presence(.changed(user, isOnline: isOnline, count: UInt32(receivers.count))),
                    to: server.placement.chatServerAddress(number), attachment: UserWords.words(of: receivers))
            }
        }
    }

    private mutating func push(
        _ user: UserID, isOnline: Bool, to friend: UserID, _ connections: ConnectionTable, outbox: inout Outbox
    ) {
        connections.forEachConnection(of: friend) { connection in
            tally.statusesPushed += 1
            outbox.send(.presence(.status(user, isOnline: isOnline)), to: connection.address)
        }
    }
}
