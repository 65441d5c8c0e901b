import Chat

extension Judge {
    /// `cache_coherent`: the storage has what a cache confirmed, and what it served; and what was confirmed before a device asked is in
    /// the answer, without gaps.
    func judgeCache(_ judgement: inout Judgement) {
        for confirmed in record.cache.confirmations where confirmed.timeNanoseconds <= deadlineNanoseconds {
            checkStored(
                confirmed.message, at: confirmed.place, "was confirmed by a cache", confirmed.timeNanoseconds,
                &judgement)
        }
        let highest = highestConfirmed()
        for (index, reading) in record.cache.readings.enumerated() where reading.timeNanoseconds <= deadlineNanoseconds
        {
            let what = "what \(names.name(of: reading.device)) read at \(time(reading.timeNanoseconds))"
            let user = reading.device.user
            for row in reading.messages + reading.conversations {
                checkStored(
                    row.message, at: StorePathRecord.Place(owner: user, sequence: row.sequence),
                    "was read from a cache",
                    reading.timeNanoseconds, &judgement)
            }
            let last = reading.messages.last?.sequence ?? 0
            if let confirmed = highest[index] {
                judgement.check(
                    last >= confirmed.place.sequence, atNanoseconds: reading.timeNanoseconds,
                    "\(what) ends with number \(last), but a cache had confirmed number \(confirmed.place.sequence) of "
                        + "\(names.name(of: user)) at \(time(confirmed.timeNanoseconds))")
            }
            for (before, after) in zip(reading.messages, reading.messages.dropFirst()) {
                judgement.check(
                    after.sequence == before.sequence + 1, atNanoseconds: reading.timeNanoseconds,
                    "\(what) has number \(before.sequence) of \(names.name(of: user)) and then number \(after.sequence)"
                )
            }
        }
    }

    /// `atomic_indices`.
    func judgeIndices(_ judgement: inout Judgement) {
        for reading in record.cache.readings {
            let what = "\(names.name(of: reading.device)) read at \(time(reading.timeNanoseconds))"
            var lastWith: [UserID: CacheRecord.Row] = [:]
            for row in reading.messages { lastWith[row.counterpart] = row }
            for row in reading.messages where lastWith[row.counterpart]?.sequence == row.sequence {
                let other = reading.conversations.first { $0.counterpart == row.counterpart }
                judgement.check(
                    other?.sequence == row.sequence, atNanoseconds: reading.timeNanoseconds,
                    "\(what) that the last message with \(names.name(of: row.counterpart)) is \(names.name(of: row.message)), by "
                        + "the recent messages, but "
                        + (other.map { "\(names.name(of: $0.message)), by the recent conversations" }
                            ?? "the recent conversations do not have it"))
            }
            let oldest = reading.messages.first?.sequence ?? 0
            for row in reading.conversations where row.sequence >= oldest && lastWith[row.counterpart] == nil {
                judgement.check(
                    false, atNanoseconds: reading.timeNanoseconds,
                    "\(what) \(names.name(of: row.message)) in the recent conversations, but not in the recent messages"
                )
            }
        }
    }

    /// `read_your_writes`: of what a device was told is accepted before it asked, the answer has as much as it has room for.
    func judgeReadings(_ judgement: inout Judgement) {
        guard !record.cache.readings.isEmpty else { return }
        var accepted: [DeviceID: [(message: MessageID, timeNanoseconds: UInt64)]] = [:]
        for message in record.messages {
            guard let time = message.acknowledgedNanoseconds else { continue }
            accepted[message.id.device, default: []].append((message.id, time))
        }
        accepted = accepted.mapValues { list in
            list.sorted { ($0.timeNanoseconds, $0.message) < ($1.timeNanoseconds, $1.message) }
        }
        var placeOf: [MessageID: UInt32] = [:]
        for mailbox in record.mailboxes {
            for assignment in mailbox.assignments where assignment.message.sender == mailbox.owner {
                placeOf[assignment.message] = assignment.sequence
            }
        }
        for reading in record.cache.readings {
            let isFull = reading.messages.count >= CacheConfiguration.readRowsMax
            let oldest = isFull ? reading.messages.first?.sequence ?? 0 : 0
            let all = accepted[reading.device] ?? []
            var (low, high) = (0, all.count)
            while low < high {
                let middle = (low + high) / 2
                if all[middle].timeNanoseconds < reading.askedNanoseconds { low = middle + 1 } else { high = middle }
            }
            for (message, acceptedNanoseconds) in all[..<low].suffix(CacheConfiguration.readRowsMax) {
                if let place = placeOf[message], place < oldest { continue }
                judgement.check(
                    reading.messages.contains { $0.message == message }, atNanoseconds: reading.timeNanoseconds,
                    of: [message],
                    "\(names.name(of: reading.device)) was told at \(time(acceptedNanoseconds)) that "
                        + "\(names.name(of: message)) is accepted, but did not find it when it read at "
                        + time(reading.timeNanoseconds))
            }
        }
    }

    /// The last place of the device's user that a cache had confirmed when a device asked, for each reading by its index.
    private func highestConfirmed() -> [Int: CacheRecord.Confirmation] {
        var highest: [UserID: CacheRecord.Confirmation] = [:]
        var result: [Int: CacheRecord.Confirmation] = [:]
        var confirmations = record.cache.confirmations[...]
        let byAsking = record.cache.readings.enumerated().sorted {
            ($0.element.askedNanoseconds, $0.offset) < ($1.element.askedNanoseconds, $1.offset)
        }
        for (index, reading) in byAsking {
            while let next = confirmations.first, next.timeNanoseconds < reading.askedNanoseconds {
                confirmations.removeFirst()
                if next.place.sequence >= highest[next.place.owner]?.place.sequence ?? 0 {
                    highest[next.place.owner] = next
                }
            }
            result[index] = highest[reading.device.user]
        }
        return result
    }

    private func checkStored(
        _ message: MessageID, at place: StorePathRecord.Place, _ what: String, _ now: UInt64,
        _ judgement: inout Judgement
    ) {
        let stored = record.storePath.stored[place]?.message
        judgement.check(
            stored == message && record.storePath.overwriting[place] == nil, atNanoseconds: now, of: [message],
            "\(names.name(of: message)) \(what) as number \(place.sequence) of \(names.name(of: place.owner)) at \(time(now)), but "
                + (stored == nil ? "the storage never got it" : "the storage has another message there"))
    }
}
