import Chat

extension Judge {
    /// Every member at the place of a message gets it, and nobody else.
    func judgeGroupSameSet(_ judgement: inout Judgement) {
        var threads: [MessageID: ThreadID] = [:]
        for message in record.messages {
            guard case .thread(let thread) = message.destination else { continue }
            threads[message.id] = thread
            guard let placed = record.groups.placedNanoseconds(of: message.id), placed <= deadlineNanoseconds else {
                continue
            }
            for member in record.groups.members(of: thread, at: message.id) {
                for device in record.devices(of: member) {
                    guard let since = device.connectedSinceNanoseconds, since <= deadlineNanoseconds else { continue }
                    judgement.check(
                        device.positions[message.id] != nil, atNanoseconds: placed, of: [message.id],
                        "\(names.name(of: message.id)) has its place in \(names.name(of: thread)) since "
                            + "\(time(placed)), when \(names.name(of: member)) is a member, but "
                            + "\(names.name(of: device.device)), connected since \(time(since)), never showed it")
                }
            }
        }
        for device in record.devices {
            for shown in device.view {
                // The device that sends a message may show it before the thread has taken it.
                guard let thread = threads[shown.message], shown.message.device != device.device else { continue }
                judgement.check(
                    record.groups.isMember(device.device.user, of: thread, at: shown.message),
                    atNanoseconds: shown.timeNanoseconds, of: [shown.message],
                    "\(names.name(of: device.device)) shows \(names.name(of: shown.message)) at "
                        + "\(time(shown.timeNanoseconds)), but \(names.name(of: device.device.user)) is no member of "
                        + "\(names.name(of: thread)) at its place")
            }
        }
    }

    /// Devices of different members show the messages of a thread in the same order.
    ///
    /// - Complexity: Every two devices are compared in threads of few; in those of many, each device with the one that shows the most,
    ///   so that the work is linear.
    func judgeGroupOrder(_ judgement: inout Judgement) {
        var threads: [MessageID: ThreadID] = [:]
        for message in record.messages {
            if case .thread(let thread) = message.destination { threads[message.id] = thread }
        }
        var views: [ThreadID: [(device: Int, view: [RunRecord.Shown])]] = [:]
        var order: [ThreadID] = []
        for (index, device) in record.devices.enumerated() {
            for shown in device.view {
                guard let thread = threads[shown.message] else { continue }
                if views[thread] == nil { order.append(thread) }
                if views[thread]?.last?.device != index { views[thread, default: []].append((index, [])) }
                let last = (views[thread]?.count ?? 1) - 1
                views[thread]?[last].view.append(shown)
            }
        }
        for thread in order {
            let all = views[thread] ?? []
            let most = all.indices.max { all[$0].view.count < all[$1].view.count } ?? 0
            for first in all.indices {
                for second in all.count <= Self.devicesComparedMax ? first + 1..<all.count : most..<most + 1 {
                    let one = record.devices[all[first].device]
                    let other = record.devices[all[second].device]
                    guard one.device.user != other.device.user else { continue }
                    compare(all[first].view, on: one, with: other, &judgement)
                }
            }
        }
    }

    /// Up to how many devices show the messages of a thread every two of them are compared.
    private static let devicesComparedMax = 16

    /// Every member's mailbox has the message, or the thread does and is still to bring it there.
    func judgeDurability(
        of message: RunRecord.MessageRecordOfRun, in thread: ThreadID, acknowledgedNanoseconds acknowledged: UInt64,
        _ judgement: inout Judgement
    ) {
        let sentence =
            "\(names.name(of: message.id)) was acknowledged to \(names.name(of: message.id.device)) at "
            + "\(time(acknowledged)), but no log and no storage has it"
        guard record.groups.place(of: message.id) != nil else {
            return judgement.check(
                false, atNanoseconds: acknowledged, of: [message.id], "\(sentence) in \(names.name(of: thread))")
        }
        let missing = record.groups.members(of: thread, at: message.id).first {
            !record.groups.isDurable(message.id, for: $0) && !record.groups.isHeld(message.id)
        }
        judgement.check(
            missing == nil, atNanoseconds: acknowledged, of: [message.id],
            "\(sentence) for \(missing.map(names.name(of:)) ?? "")")
    }

    /// A message of a thread is on its way, or failed, or has reached every member: its device, or the mailbox.
    func judgeConservation(
        of message: RunRecord.MessageRecordOfRun, in thread: ThreadID, sentNanoseconds sent: UInt64,
        _ judgement: inout Judgement
    ) {
        let id = message.id
        let isUnderWay = message.failedNanoseconds != nil || record.groups.isHeld(id)
        let missing = record.recipients(of: message).first { user in
            !record.groups.isHeld(id, for: user) && !record.devices(of: user).contains { $0.positions[id] != nil }
        }
        let isAccounted = isUnderWay || (record.groups.place(of: id) != nil && missing == nil)
        judgement.check(
            isAccounted, atNanoseconds: sent, of: [id],
            "\(names.name(of: id)), sent by \(names.name(of: id.device)) to \(names.name(of: thread)) at \(time(sent)), "
                + "has vanished\(missing.map { " for \(names.name(of: $0))" } ?? ""): it was neither delivered nor "
                + "reported as failed, and no component has it any more")
    }
}
