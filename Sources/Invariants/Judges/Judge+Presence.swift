import Chat

/// How fast statuses must come right.
public struct PresenceBounds: Hashable, Sendable {
    /// For how long a device may show a wrong status after the user's last change, in nanoseconds.
    public let staleNanoseconds: UInt64
    /// A user who is online for less than this is not to be broadcast as online, in nanoseconds.
    public let flapNanoseconds: UInt64
    /// How long after it was sent a broadcast may arrive, in nanoseconds.
    public let lateNanoseconds: UInt64

    /// Puts bounds together.
    public init(staleNanoseconds: UInt64, flapNanoseconds: UInt64, lateNanoseconds: UInt64) {
        self.staleNanoseconds = staleNanoseconds
        self.flapNanoseconds = flapNanoseconds
        self.lateNanoseconds = lateNanoseconds
    }
}

extension Judge {
    /// `presence_settles`. A user is online while any of the user's own devices has a connection, as the devices themselves see it.
    /// For every time in which a device shows a user and the user does not change: what is later in it than
    /// ``PresenceBounds/staleNanoseconds`` is checked. Users who have not been online yet count only where they are shown as online.
    func judgePresenceSettles(_ judgement: inout Judgement) {
        guard let bounds = presence else { return }
        var piecesOf: [UserID: [Piece]] = [:]
        for showing in record.presence.showings {
            let pieces = piecesOf[showing.user] ?? self.pieces(of: showing.user)
            piecesOf[showing.user] = pieces
            // The first piece that ends after the showing begins, by halving.
            var low = 0
            var high = pieces.count
            while low < high {
                let middle = (low + high) / 2
                if pieces[middle].time.upperBound <= showing.startNanoseconds {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            for piece in pieces[low...] {
                guard piece.time.lowerBound < showing.endNanoseconds ?? endNanoseconds else { break }
                check(showing, during: piece, bounds, &judgement)
            }
        }
    }

    /// `presence_no_flap`. A flap is a time in which a chat server held connections of a user, shorter than
    /// ``PresenceBounds/flapNanoseconds``. For every flap and every device that shows the user from its beginning to its end: until the
    /// user is online again, and as long as a broadcast may be late, none shows the user as online. A flap that comes so soon
    /// after a longer time online that a broadcast of that may still be under way is left out.
    func judgePresenceFlaps(_ judgement: inout Judgement) {
        guard let bounds = presence else { return }
        var showingsOf: [UserID: [Int]] = [:]
        for (index, showing) in record.presence.showings.enumerated() {
            showingsOf[showing.user, default: []].append(index)
        }
        let reach = bounds.flapNanoseconds + bounds.lateNanoseconds
        for (user, sessions) in record.presence.users {
            /// Until when a broadcast of a longer session may be under way.
            var clearNanoseconds: UInt64 = 0
            for (index, session) in sessions.enumerated() {
                let next = index + 1 < sessions.count ? sessions[index + 1].startNanoseconds : UInt64.max
                let start = session.startNanoseconds
                guard let end = session.endNanoseconds, end - start < bounds.flapNanoseconds else {
                    clearNanoseconds = (session.endNanoseconds ?? min(next, endNanoseconds)) + reach
                    continue
                }
                guard start >= clearNanoseconds else { continue }
                let window = start..<min(next, end + reach)
                for showing in showingsOf[user] ?? [] {
                    check(record.presence.showings[showing], flap: start..<end, until: window.upperBound, &judgement)
                }
            }
        }
    }

    private func check(
        _ showing: PresenceRecord.Showing, flap: Range<UInt64>, until limit: UInt64, _ judgement: inout Judgement
    ) {
        guard showing.startNanoseconds <= flap.lowerBound, (showing.endNanoseconds ?? .max) >= flap.upperBound else {
            return
        }
        let wrong = showing.statuses.first {
            $0.isOnline && $0.source == .broadcast && $0.timeNanoseconds >= flap.lowerBound
                && $0.timeNanoseconds < limit
        }
        judgement.check(
            wrong == nil, atNanoseconds: wrong?.timeNanoseconds ?? 0,
            "a broadcast makes \(names.name(of: showing.device)) show \(names.name(of: showing.user)) as online at "
                + "\(time(wrong?.timeNanoseconds ?? 0)), who was online only from \(time(flap.lowerBound)) to "
                + "\(time(flap.upperBound))")
    }

    private func check(
        _ showing: PresenceRecord.Showing, during piece: Piece, _ bounds: PresenceBounds,
        _ judgement: inout Judgement
    ) {
        let start = piece.time.lowerBound
        let settled = max(start, showing.startNanoseconds) + bounds.staleNanoseconds
        let end = min(piece.time.upperBound, showing.endNanoseconds ?? endNanoseconds)
        guard settled < end else { return }
        let atFirst = showing.statuses.last { $0.timeNanoseconds <= settled }
        let wrong =
            atFirst?.isOnline != piece.isOnline
            ? settled
            : showing.statuses.first {
                $0.timeNanoseconds > settled && $0.timeNanoseconds < end && $0.isOnline != piece.isOnline
            }?.timeNanoseconds
        let hasBeenOnline = piece.isOnline || start > 0
        guard wrong != nil || hasBeenOnline else { return }
        let shown = piece.isOnline ? "offline" : "online"
        let since =
            hasBeenOnline
            ? "who has been \(piece.isOnline ? "online" : "offline") since \(time(start))" : "who never was"
        judgement.check(
            wrong == nil, atNanoseconds: wrong ?? 0,
            "\(names.name(of: showing.device)) shows \(names.name(of: showing.user)) as \(shown) at "
                + "\(time(wrong ?? 0)), \(since)")
    }

    /// A time in which a user was online, or was not, without a break.
    private struct Piece {
        let time: Range<UInt64>
        let isOnline: Bool
    }

    /// The times in which any device of a user was connected, and those between them, from the start of the run to its end.
    ///
    /// A chat server knows of a connection before the device does, and tells others: even of one that the device has given up meanwhile. Both
    /// count. When a server that crashed lost a connection is not known; then that it was made does.
    private func pieces(of user: UserID) -> [Piece] {
        var sessions: [Range<UInt64>] = []
        for device in record.devices(of: user) {
            sessions += device.sessions
            if let since = device.connectedSinceNanoseconds { sessions.append(since..<max(since, endNanoseconds)) }
        }
        for opened in record.presence.sessions(of: user) {
            let known = min(opened.startNanoseconds + (presence?.lateNanoseconds ?? 0), endNanoseconds)
            sessions.append(opened.startNanoseconds..<max(opened.startNanoseconds, opened.endNanoseconds ?? known))
        }
        sessions.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var pieces: [Piece] = []
        var reached: UInt64 = 0
        for session in sessions {
            if let last = pieces.last, session.lowerBound <= reached {
                let end = max(reached, session.upperBound)
                pieces[pieces.count - 1] = Piece(time: last.time.lowerBound..<end, isOnline: true)
            } else {
                pieces.append(Piece(time: reached..<session.lowerBound, isOnline: false))
                pieces.append(Piece(time: session, isOnline: true))
            }
            reached = max(reached, session.upperBound)
        }
        pieces.append(Piece(time: reached..<max(reached, endNanoseconds), isOnline: false))
        return pieces
    }
}
