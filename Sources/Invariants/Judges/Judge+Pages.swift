import Chat

extension Judge {
    /// `pages_complete`: for every walk that came to its end, the rows of its pages are what the mailbox had when it began, the newest
    /// first, each once and none left out.
    ///
    /// - Complexity: O(rows of the mailbox) for each walk.
    func judgePages(_ judgement: inout Judgement) {
        for walk in record.pages.walks {
            guard let ended = walk.endedNanoseconds else { continue }
            let history = rows(for: walk)
            guard !history.isEmpty || !walk.rows.isEmpty else { continue }
            let different = (0..<max(history.count, walk.rows.count)).first { index in
                index >= history.count || index >= walk.rows.count || history[index].message != walk.rows[index].message
            }
            judgement.check(
                different == nil, atNanoseconds: different.flatMap { time(ofRow: $0, in: walk) } ?? ended,
                sentence(about: walk, history, differentAt: different ?? 0))
        }
    }

    /// What a walk should find.
    private func rows(for walk: PageRecord.Walk) -> ArraySlice<RunRecord.Assignment> {
        var atPlace: [UInt32: RunRecord.Assignment] = [:]
        // A place that was given again belongs to the message that has it when the walk begins.
        for assignment in record.assignments(ofMailboxOf: walk.device.user)
        where assignment.timeNanoseconds <= walk.beganNanoseconds {
            atPlace[assignment.sequence] = assignment
        }
        guard walk.head > 0 else { return [] }
        let wanted = (1...walk.head).reversed().compactMap { atPlace[$0] }.filter { row in
            guard walk.sinceNanoseconds == 0 || row.timestampNanoseconds > walk.sinceNanoseconds else { return false }
            guard let counterpart = walk.counterpart else { return true }
            guard let recipient = record.recipient(of: row.message) else { return false }
            return (row.message.sender == walk.device.user ? recipient : row.message.sender) == counterpart
        }
        return wanted.prefix(Int(walk.rowsMax))
    }

    private func time(ofRow index: Int, in walk: PageRecord.Walk) -> UInt64? {
        walk.rows.indices.contains(index) ? walk.rows[index].timeNanoseconds : nil
    }

    private func sentence(
        about walk: PageRecord.Walk, _ history: ArraySlice<RunRecord.Assignment>, differentAt index: Int
    ) -> String {
        let device = names.name(of: walk.device)
        let expected = history.indices.contains(index) ? names.name(of: history[index].message) : nil
        guard walk.rows.indices.contains(index) else {
            return "\(device) has read its pages at \(time(walk.endedNanoseconds ?? 0)) without \(expected ?? "")"
        }
        let row = walk.rows[index]
        let name = names.name(of: row.message)
        let isRepeated = walk.rows[..<index].contains { $0.message == row.message }
        return
            "\(device) fetches \(name)\(isRepeated ? " again" : "") at \(time(row.timeNanoseconds)) as row \(index + 1) of its "
            + (expected.map { "pages, where \($0) should be" } ?? "pages, after the last one")
    }
}
