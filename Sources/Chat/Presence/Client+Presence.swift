/// What a device shows of who is online, while it is connected: a bit for each friend, and the user of the chat that is open. Whom it
/// knows nothing of, it shows as offline.
struct PresenceView: Sendable {
    /// The friends of the device's user, in the order in which they are shown.
    let friends: [UserID]
    /// Who of them is online, by place in the list.
    private var onlineBits: [UInt64]
    /// The user of the chat that is open.
    var chat: UserID?
    private var isChatOnline = false

    /// Everyone is offline.
    init(friends: [UserID]) {
        self.friends = friends
        onlineBits = Array(repeating: 0, count: (friends.count + 63) / 64)
    }

    /// Whether a friend, or the user of the chat, is shown as online.
    func isOnline(_ user: UserID) -> Bool {
        guard let place = friends.firstIndex(of: user) else { return user == chat && isChatOnline }
        return onlineBits[place / 64] & (1 << UInt64(place % 64)) != 0
    }

    /// Notes the status of a friend or of the user of the chat; nobody else's is kept.
    ///
    /// - Returns: Whether that is a change.
    mutating func set(_ user: UserID, isOnline: Bool) -> Bool {
        guard self.isOnline(user) != isOnline else { return false }
        if let place = friends.firstIndex(of: user) {
            onlineBits[place / 64] ^= 1 << UInt64(place % 64)
        } else if user == chat {
            isChatOnline = isOnline
        } else {
            return false
        }
        return true
    }

    /// Opens a chat with a user; a former one goes.
    mutating func openChat(with user: UserID) {
        chat = user
        isChatOnline = false
    }

    /// Whether a user is on the screen: one of the first friends, or the user of the chat.
    func shows(_ user: UserID, viewportSize: Int) -> Bool {
        user == chat || friends.prefix(viewportSize).contains(user)
    }
}

extension Client {
    /// The user opens a chat with another, whose status is shown from now on in place of the former one's. Does nothing while the
    /// device is offline, or where nobody's status is shown.
    public mutating func openChat(with user: UserID, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let settings = configuration.presence, user != device.user else { return }
        guard settings.keepsStatuses else {
            if settings.pullsOnNewChat, isOnline { pull(.newChat, friendCount: 0, chat: user, outbox: &outbox) }
            return
        }
        guard var view = presence, view.chat != user else { return }
        let size = settings.viewportSize
        let former = view.chat
        let wasShown = view.shows(user, viewportSize: size)
        view.openChat(with: user)
        presence = view
        if let former, !view.shows(former, viewportSize: size) {
            outbox.observe(Observation(.statusHidden, device: device, counterpart: former))
        }
        if !wasShown {
            observe(user, isOnline: view.isOnline(user), from: .assumed, outbox: &outbox)
        }
        if settings.pullsOnNewChat {
            pull(.newChat, friendCount: 0, chat: user, outbox: &outbox)
        }
    }

    /// The connection is open: the device shows the first friends, and asks who is online.
    mutating func startPresence(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let settings = configuration.presence else { return }
        guard settings.keepsStatuses else {
            if settings.pullsOnStart { pull(.start, friendCount: .max, chat: nil, outbox: &outbox) }
            return
        }
        let view = PresenceView(friends: settings.friends.friends(of: device.user))
        presence = view
        for friend in view.friends.prefix(settings.viewportSize) {
            observe(friend, isOnline: false, from: .assumed, outbox: &outbox)
        }
        if settings.pullsOnStart, !view.friends.isEmpty {
            pull(.start, friendCount: .max, chat: nil, outbox: &outbox)
        }
        startViewportTimer(settings, outbox: &outbox)
    }

    /// The user looks who is online of the first friends. Does nothing on a device that is not connected, or that keeps whom it shows: that has a
    /// timer of its own.
    public mutating func lookAtViewport(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let settings = configuration.presence, !settings.keepsStatuses, isOnline else { return }
        pull(.viewport, friendCount: UInt32(clamping: settings.viewportSize), chat: nil, outbox: &outbox)
    }

    /// It is time to look after those who are shown.
    mutating func viewportTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard value == UInt64(connectionGeneration), let settings = configuration.presence, let view = presence
        else { return }
        let shown = view.friends.prefix(settings.viewportSize)
        let chat = view.chat.flatMap { shown.contains($0) ? nil : $0 }
        if !shown.isEmpty || chat != nil {
            pull(.viewport, friendCount: UInt32(shown.count), chat: chat, outbox: &outbox)
        }
        guard configuration.mutant != .viewportAskedOnce else { return }
        startViewportTimer(settings, outbox: &outbox)
    }

    /// Handles a message about who is online, with the words that came with it.
    mutating func received(
        _ message: PresenceMessage, attachment: UnsafeBufferPointer<UInt64>, configuration: ClientConfiguration,
        outbox: inout Outbox
    ) {
        guard configuration.presence?.keepsStatuses != false else {
            outbox.clientTally.statuses.count(message, attachment)
            return
        }
        switch message {
        case .status(let user, let isOnline):
            show(user, isOnline: isOnline, from: .broadcast, configuration: configuration, outbox: &outbox)
        case .statuses(_, let reason, let friendCount, let chat):
            guard let friends = presence?.friends else { return }
            let statuses = StatusWords(attachment)
            for (place, friend) in friends.prefix(Int(friendCount)).enumerated() {
                guard let isOnline = statuses[place] else { continue }
                show(
                    friend, isOnline: isOnline, from: StatusSource(reason), configuration: configuration,
                    outbox: &outbox)
            }
            guard let chat, let isOnline = statuses[Int(friendCount)] else { return }
            show(chat, isOnline: isOnline, from: StatusSource(reason), configuration: configuration, outbox: &outbox)
        case .pull, .query, .answer, .changed: preconditionFailure("a device is never sent \(message)")
        }
    }

    /// The device is told that a recipient could not be reached.
    mutating func recipientFailed(_ user: UserID, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let settings = configuration.presence, settings.marksOfflineOnFailure, let view = presence,
            view.isOnline(user)
        else { return }
        outbox.clientTally.markedOffline += 1
        show(user, isOnline: false, from: .failure, configuration: configuration, outbox: &outbox)
    }

    private mutating func show(
        _ user: UserID, isOnline: Bool, from source: StatusSource, configuration: ClientConfiguration,
        outbox: inout Outbox
    ) {
        guard let settings = configuration.presence, presence?.set(user, isOnline: isOnline) == true,
            presence?.shows(user, viewportSize: settings.viewportSize) == true
        else { return }
        observe(user, isOnline: isOnline, from: source, outbox: &outbox)
    }

    private func observe(_ user: UserID, isOnline: Bool, from source: StatusSource, outbox: inout Outbox) {
        outbox.observe(.statusShown(of: user, isOnline: isOnline, from: source, on: device))
    }

    private func pull(_ reason: PullReason, friendCount: UInt32, chat: UserID?, outbox: inout Outbox) {
        guard let chatServer else { return }
        outbox.send(
            .presence(.pull(device, reason, friendCount: friendCount, chat: chat)),
            to: placement.chatServerAddress(chatServer), fromPort: port)
    }

    private func startViewportTimer(_ settings: PresenceConfiguration, outbox: inout Outbox) {
        guard let period = settings.viewportPeriodNanoseconds else { return }
        outbox.timer(token(.viewport, UInt64(connectionGeneration)), afterNanoseconds: period)
    }
}
