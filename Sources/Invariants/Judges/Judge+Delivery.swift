import Chat

extension Judge {
    /// `no_loss`, and `offline_complete`, which is the same for devices that were offline when the message was acknowledged.
    func judgeLoss(_ judgement: inout Judgement, onlyOffline: Bool) {
        for message in record.messages {
            guard let acknowledged = message.acknowledgedNanoseconds, acknowledged <= deadlineNanoseconds else {
                continue
            }
            for device in record.recipients(of: message).flatMap(record.devices(of:)) {
                guard let since = device.connectedSinceNanoseconds, since <= deadlineNanoseconds else { continue }
                if onlyOffline, since <= acknowledged || device.sessions.contains(where: { $0.contains(acknowledged) })
                {
                    continue
                }
                judgement.check(
                    device.positions[message.id] != nil, atNanoseconds: acknowledged, of: [message.id],
                    "\(names.name(of: message.id)) was acknowledged to \(names.name(of: message.id.device)) at "
                        + "\(time(acknowledged)), but \(names.name(of: device.device)), connected since \(time(since)), "
                        + "never showed it")
            }
        }
    }

    func judgeDuplicates(_ judgement: inout Judgement) {
        for device in record.devices {
            for (position, shown) in device.view.enumerated() {
                let first = device.positions[shown.message] ?? position
                judgement.check(
                    first == position, atNanoseconds: shown.timeNanoseconds, of: [shown.message],
                    "\(names.name(of: device.device)) shows \(names.name(of: shown.message)) twice: at "
                        + "\(time(device.view[first].timeNanoseconds)) and at \(time(shown.timeNanoseconds))")
            }
        }
    }

    /// `durable_after_ack`: of a message and of the media that it refers to.
    func judgeDurability(_ judgement: inout Judgement) {
        for message in record.messages {
            guard let acknowledged = message.acknowledgedNanoseconds, acknowledged <= deadlineNanoseconds else {
                continue
            }
            judgeMedia(of: message, acknowledgedNanoseconds: acknowledged, &judgement)
            let recipient: UserID
            switch message.destination {
            case .user(let user): recipient = user
            case .thread(let thread):
                judgeDurability(of: message, in: thread, acknowledgedNanoseconds: acknowledged, &judgement)
                continue
            case nil: continue
            }
            let isDurable = message.isDurableForSender && message.isDurableForRecipient
            let missing = message.isDurableForRecipient ? message.id.sender : recipient
            judgement.check(
                isDurable, atNanoseconds: acknowledged, of: [message.id],
                "\(names.name(of: message.id)) was acknowledged to \(names.name(of: message.id.device)) at "
                    + "\(time(acknowledged)), but no log and no storage has it for \(names.name(of: missing))")
        }
    }

    func judgeConservation(_ judgement: inout Judgement) {
        for message in record.messages {
            let sender = names.name(of: message.id.device)
            guard let sent = message.sentNanoseconds else {
                judgement.check(
                    false, atNanoseconds: message.firstSeenNanoseconds, of: [message.id],
                    "\(names.name(of: message.id)) comes from nowhere: \(sender) never sent it")
                continue
            }
            if case .thread(let thread) = message.destination {
                judgeConservation(of: message, in: thread, sentNanoseconds: sent, &judgement)
                continue
            }
            let isAccounted =
                message.deliveredNanoseconds != nil || message.failedNanoseconds != nil || message.isHeld
                || message.destination == .user(message.id.sender)
            judgement.check(
                isAccounted, atNanoseconds: sent, of: [message.id],
                "\(names.name(of: message.id)), sent by \(sender) at \(time(sent)), has vanished: it was neither "
                    + "delivered nor reported as failed, and no component has it any more")
        }
    }
}
