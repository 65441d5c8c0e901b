package import Chat

/// What users did in a run, from which a script can be made.
extension RunRecord {
    /// A message that a user sent to another.
    package struct Sending: Hashable, Sendable {
        /// The message.
        package let message: MessageID
        /// Whom it was for.
        package let recipient: UserID
        /// When it was sent, in nanoseconds.
        package let timeNanoseconds: UInt64
    }

    /// The messages that users sent to users, in the order in which they were sent.
    package var sendings: [Sending] {
        messages.compactMap { message in
            guard let sent = message.sentNanoseconds, case .user(let recipient)? = message.destination else {
                return nil
            }
            return Sending(message: message.id, recipient: recipient, timeNanoseconds: sent)
        }
    }

    /// When a device was connected: from, to; the last time has no end if it was in the end.
    package func connections(of device: DeviceID) -> [(fromNanoseconds: UInt64, toNanoseconds: UInt64?)] {
        guard let record = devices(of: device.user).first(where: { $0.device == device }) else { return [] }
        var times: [(UInt64, UInt64?)] = record.sessions.map { ($0.lowerBound, $0.upperBound) }
        if let since = record.connectedSinceNanoseconds { times.append((since, nil)) }
        return times
    }
}
