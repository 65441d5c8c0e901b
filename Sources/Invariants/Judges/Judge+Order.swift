import Chat

extension Judge {
    func judgeOrderOnDevices(_ judgement: inout Judgement) {
        for first in record.devices {
            for second in record.devices(of: first.device.user) where first.device < second.device {
                compare(second.view, on: second, with: first, &judgement)
            }
        }
    }

    func judgeOrderForUsers(_ judgement: inout Judgement) {
        var conversations: [Conversation: [Int: [RunRecord.Shown]]] = [:]
        var order: [(conversation: Conversation, device: Int)] = []
        var recipients: [MessageID: UserID] = [:]
        for message in record.messages {
            if case .user(let recipient) = message.destination { recipients[message.id] = recipient }
        }
        for (index, device) in record.devices.enumerated() {
            for shown in device.view {
                guard let recipient = recipients[shown.message], recipient != shown.message.sender else { continue }
                let conversation = Conversation(shown.message.sender, recipient)
                if conversations[conversation]?[index] == nil { order.append((conversation, index)) }
                conversations[conversation, default: [:]][index, default: []].append(shown)
            }
        }
        var devicesOf: [Conversation: [Int]] = [:]
        for (conversation, device) in order {
            for other in devicesOf[conversation] ?? [] {
                guard record.devices[other].device.user != record.devices[device].device.user else { continue }
                compare(
                    conversations[conversation]?[device] ?? [], on: record.devices[device], with: record.devices[other],
                    &judgement)
            }
            devicesOf[conversation, default: []].append(device)
        }
    }

    func judgeSenderFIFO(_ judgement: inout Judgement) {
        struct Flow: Hashable {
            let sender: DeviceID
            let destination: RunRecord.Destination
        }
        var destinations: [MessageID: RunRecord.Destination] = [:]
        for message in record.messages { destinations[message.id] = message.destination }
        for device in record.devices {
            var latest: [Flow: RunRecord.Shown] = [:]
            for shown in device.view {
                guard let destination = destinations[shown.message] else { continue }
                let flow = Flow(sender: shown.message.device, destination: destination)
                guard let before = latest[flow] else {
                    latest[flow] = shown
                    continue
                }
                guard before.message != shown.message else { continue }
                judgement.check(
                    before.message < shown.message, atNanoseconds: shown.timeNanoseconds,
                    of: [before.message, shown.message],
                    "\(names.name(of: device.device)) shows \(names.name(of: before.message)) (\(time(before.timeNanoseconds))) "
                        + "before \(names.name(of: shown.message)) (\(time(shown.timeNanoseconds))), but "
                        + "\(names.name(of: flow.sender)) sent \(names.name(of: shown.message)) first")
                if before.message < shown.message { latest[flow] = shown }
            }
        }
    }

    func judgeSequences(_ judgement: inout Judgement) {
        guard isSequenced else { return }
        for mailbox in record.mailboxes {
            judgePlaces(in: mailbox, &judgement)
        }
        for device in record.devices {
            var last: UInt32 = 0
            var expired = device.expired[...]
            for shown in device.view where shown.sequence > 0 {
                while let first = expired.first, first.timeNanoseconds <= shown.timeNanoseconds {
                    // The first row behind those that are no longer kept follows them.
                    last = max(last, first.sequence)
                    expired.removeFirst()
                }
                judgement.check(
                    shown.sequence == last + 1, atNanoseconds: shown.timeNanoseconds, of: [shown.message],
                    "\(names.name(of: device.device)) shows \(names.name(of: shown.message)) with the number \(shown.sequence) at "
                        + "\(time(shown.timeNanoseconds)), after the number \(last)")
                last = shown.sequence
            }
        }
    }

    private func judgePlaces(in mailbox: RunRecord.MailboxRecord, _ judgement: inout Judgement) {
        var messageAt: [UInt32: MessageID] = [:]
        var placeOf: [MessageID: UInt32] = [:]
        let owner = names.name(of: mailbox.owner)
        for assignment in mailbox.assignments {
            let holder = messageAt[assignment.sequence]
            if holder == assignment.message { continue }
            let name = names.name(of: assignment.message)
            judgement.check(
                holder == nil, atNanoseconds: assignment.timeNanoseconds,
                of: [assignment.message] + (holder.map { [$0] } ?? []),
                "the number \(assignment.sequence) in the order of \(owner) is given to \(name) at "
                    + "\(time(assignment.timeNanoseconds)), but \(holder.map(names.name(of:)) ?? "") has it")
            let earlier = placeOf[assignment.message]
            judgement.check(
                earlier == nil || earlier == assignment.sequence, atNanoseconds: assignment.timeNanoseconds,
                of: [assignment.message],
                "\(name) gets the number \(assignment.sequence) in the order of \(owner) at "
                    + "\(time(assignment.timeNanoseconds)), but it has the number \(earlier ?? 0)")
            messageAt[assignment.sequence] = assignment.message
            placeOf[assignment.message] = assignment.sequence
        }
        let highest = mailbox.assignments.reduce(0) { max($0, $1.sequence) }
        guard isWhole, highest > 0, messageAt.count < Int(highest) else { return }
        let missing = (1...highest).first { messageAt[$0] == nil } ?? 0
        judgement.check(
            false, atNanoseconds: mailbox.assignments.last?.timeNanoseconds ?? 0,
            "no message has the number \(missing) in the order of \(owner), which goes up to \(highest)")
    }

    /// Compares the order in which a device showed messages with another device's order of the same.
    func compare(
        _ view: [RunRecord.Shown], on device: RunRecord.DeviceRecord, with other: RunRecord.DeviceRecord,
        _ judgement: inout Judgement
    ) {
        var before: (shown: RunRecord.Shown, position: Int)?
        for (index, shown) in view.enumerated() {
            guard let position = other.positions[shown.message],
                isFirstShowing(shown, at: index, in: view, on: device)
            else { continue }
            if let before {
                judgement.check(
                    before.position < position,
                    atNanoseconds: max(shown.timeNanoseconds, other.view[before.position].timeNanoseconds),
                    of: [before.shown.message, shown.message],
                    sentence(
                        before.shown, shown, on: device, other.view[position], other.view[before.position], on: other))
            }
            before = (shown, position)
        }
    }

    /// A repetition says nothing about the order; it is for `no_duplicates` to judge.
    private func isFirstShowing(
        _ shown: RunRecord.Shown, at index: Int, in view: [RunRecord.Shown], on device: RunRecord.DeviceRecord
    ) -> Bool {
        guard let first = device.positions[shown.message] else { return false }
        return device.view[first].timeNanoseconds == shown.timeNanoseconds
    }

    private func sentence(
        _ first: RunRecord.Shown, _ second: RunRecord.Shown, on device: RunRecord.DeviceRecord,
        _ otherFirst: RunRecord.Shown, _ otherSecond: RunRecord.Shown, on other: RunRecord.DeviceRecord
    ) -> String {
        "\(names.name(of: device.device)) shows \(part(first)) before \(part(second)), but "
            + "\(names.name(of: other.device)) shows \(part(otherFirst)) before \(part(otherSecond))"
    }

    private func part(_ shown: RunRecord.Shown) -> String {
        "\(names.name(of: shown.message)) (\(time(shown.timeNanoseconds)))"
    }
}

/// Two users who write to each other.
private struct Conversation: Hashable {
    let lower: UserID
    let higher: UserID

    init(_ one: UserID, _ other: UserID) {
        lower = min(one, other)
        higher = max(one, other)
    }
}
