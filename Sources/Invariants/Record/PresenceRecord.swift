import Chat

/// What was observed of who was online, and of who was shown to be.
struct PresenceRecord: Sendable {
    /// A status that a device shows, from some time on.
    struct Status: Sendable {
        let timeNanoseconds: UInt64
        let isOnline: Bool
        let source: StatusSource
    }

    /// A time in which a device shows the status of a user without a break.
    struct Showing: Sendable {
        let device: DeviceID
        let user: UserID
        /// The statuses in order of time; the first begins it.
        var statuses: [Status]
        /// When it ended, in nanoseconds; nothing if it lasts to the end of the run.
        var endNanoseconds: UInt64?

        var startNanoseconds: UInt64 { statuses[0].timeNanoseconds }
    }

    /// A time in which a chat server held connections of a user. The end is not known if the server crashed.
    struct Session: Sendable {
        let startNanoseconds: UInt64
        var endNanoseconds: UInt64?
    }

    /// In the order in which they began.
    private(set) var showings: [Showing] = []
    /// The users of whom a chat server held connections, in the order in which it first did.
    private(set) var users: [(user: UserID, sessions: [Session])] = []
    /// Those showings of a device that last.
    private var lasting: [DeviceID: [Int]] = [:]
    private var userIndex: [UserID: Int] = [:]
    /// Users whose connections are closed though it was not reported yet that they were opened.
    private var ended: Set<UserID> = []

    /// When a chat server held connections of a user, in order of time.
    func sessions(of user: UserID) -> [Session] { userIndex[user].map { users[$0].sessions } ?? [] }

    mutating func observe(_ observation: Observation) {
        let now = observation.timeNanoseconds
        if let status = observation.shownStatus {
            show(
                observation.counterpart, on: observation.device,
                Status(timeNanoseconds: now, isOnline: status.isOnline, source: status.source))
        } else if observation.kind == .statusHidden {
            hide(observation.counterpart, on: observation.device, atNanoseconds: now)
        } else {
            let index = index(of: observation.device.user)
            if observation.kind == .cameOnline {
                // To open a connection takes a server longer than to close it: one that was closed at once may be reported as closed first.
                let isOver = ended.remove(observation.device.user) != nil
                users[index].sessions.append(Session(startNanoseconds: now, endNanoseconds: isOver ? now : nil))
            } else if let last = users[index].sessions.indices.last, users[index].sessions[last].endNanoseconds == nil {
                users[index].sessions[last].endNanoseconds = now
            } else {
                ended.insert(observation.device.user)
            }
        }
    }

    /// A device has lost its connection: it shows nobody any more.
    mutating func left(_ device: DeviceID, atNanoseconds now: UInt64) {
        for index in lasting.removeValue(forKey: device) ?? [] { showings[index].endNanoseconds = now }
    }

    private mutating func show(_ user: UserID, on device: DeviceID, _ status: Status) {
        if let index = lasting[device]?.first(where: { showings[$0].user == user }) {
            showings[index].statuses.append(status)
        } else {
            lasting[device, default: []].append(showings.count)
            showings.append(Showing(device: device, user: user, statuses: [status]))
        }
    }

    private mutating func hide(_ user: UserID, on device: DeviceID, atNanoseconds now: UInt64) {
        guard let place = lasting[device]?.firstIndex(where: { showings[$0].user == user }),
            let index = lasting[device]?.remove(at: place)
        else { return }
        showings[index].endNanoseconds = now
    }

    private mutating func index(of user: UserID) -> Int {
        if let index = userIndex[user] { return index }
        userIndex[user] = users.count
        users.append((user, []))
        return users.count - 1
    }
}
