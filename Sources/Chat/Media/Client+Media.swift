extension Client {
    /// Sends the media of a message of this device to an object store, if it refers to any. It is submitted once they are there.
    mutating func upload(_ record: MessageRecord, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let bytes = record.content.mediaBytes else { return }
        media.append(record.id, bytes: bytes, isUpload: true)
        transferNext(configuration: configuration, outbox: &outbox)
    }

    /// Gets the media of a message that the device has just shown, if it refers to any. The device that sent it has them.
    mutating func download(_ record: MessageRecord, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let bytes = record.content.mediaBytes, record.id.device != device,
            media.index(of: record.id, isUpload: false) == nil
        else { return }
        // Only what a chat server says makes a device show what others sent, so that this is the present.
        media.append(record.id, bytes: bytes, isUpload: false, shownNanoseconds: lastHeardNanoseconds)
        transferNext(configuration: configuration, outbox: &outbox)
    }

    /// Begins as many transfers as may be under way, the oldest first. They are begun while the device is online; those under way go on
    /// without a chat server.
    mutating func transferNext(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard isOnline, let policy = configuration.media else { return }
        while media.underWayCount < policy.transfersMax, let transfer = media.startNext() {
            if transfer.attempts > 1 { outbox.clientTally.media.repeated(transfer) }
            outbox.send(
                .media(
                    transfer.isUpload
                        ? .upload(transfer.message, bytes: transfer.bytes) : .download(transfer.message)),
                to: placement.objectStoreAddress(of: transfer.message), fromPort: port)
            outbox.timer(token(.mediaTimeout, transfer.timerValue), afterNanoseconds: policy.timeoutNanoseconds)
        }
    }

    /// Handles the answer of an object store. One that comes late is as good. A device that is offline hears nothing.
    mutating func receive(
        _ message: MediaMessage, nowNanoseconds: UInt64, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard connection != .offline else { return }
        switch message {
        case .uploaded(let id):
            guard let index = media.index(of: id, isUpload: true) else { return }
            outbox.clientTally.media.uploaded(media.remove(at: index))
            submitNext(configuration: configuration, outbox: &outbox)
        case .downloaded(let id, _):
            guard let index = media.index(of: id, isUpload: false) else { return }
            outbox.clientTally.media.downloaded(media.remove(at: index), nowNanoseconds: nowNanoseconds)
            outbox.observe(Observation(.mediaFetched, device: device, message: id))
        case .missing(let id):
            guard let index = media.index(of: id, isUpload: false), media.transfers[index].state == .underWay else {
                return
            }
            mediaAttemptFailed(at: index, configuration: configuration, outbox: &outbox)
        case .upload, .download: preconditionFailure("a device is never sent \(message)")
        }
        transferNext(configuration: configuration, outbox: &outbox)
    }

    mutating func mediaTimedOut(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let index = media.index(ofTimer: value, in: .underWay) else { return }
        mediaAttemptFailed(at: index, configuration: configuration, outbox: &outbox)
        transferNext(configuration: configuration, outbox: &outbox)
    }

    mutating func mediaRetryTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let index = media.index(ofTimer: value, in: .backingOff) else { return }
        media.queue(at: index)
        transferNext(configuration: configuration, outbox: &outbox)
    }

    /// Waits before the next attempt; or gives up if the budget is spent, and with an upload the message that needs it.
    private mutating func mediaAttemptFailed(
        at index: Int, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard let policy = configuration.media else { return }
        let transfer = media.transfers[index]
        guard policy.retry.isExhausted(afterAttempts: transfer.attempts) else {
            media.backOff(at: index)
            outbox.timer(
                token(.mediaRetry, transfer.timerValue),
                afterNanoseconds: policy.retry.waitNanoseconds(afterAttempt: transfer.attempts, drawing: &jitter))
            return
        }
        _ = media.remove(at: index)
        outbox.clientTally.media.gaveUp(transfer)
        if transfer.isUpload { giveUp(transfer.message, configuration: configuration, outbox: &outbox) }
    }
}
