import Chat

extension Judge {
    /// `failed_log_drains`: what was logged as failed early enough is in the storage, at its own place and nowhere else, and not after
    /// what comes later in its mailbox.
    func judgeFailedLog(_ judgement: inout Judgement) {
        let path = record.storePath
        for row in path.failed where row.timeNanoseconds <= deadlineNanoseconds {
            let what =
                "\(names.name(of: row.message)), number \(row.place.sequence) of \(names.name(of: row.place.owner))"
            let logged = "\(what), was logged as failed at \(time(row.timeNanoseconds))"
            let stored = path.stored[row.place]
            judgement.check(
                stored != nil, atNanoseconds: row.timeNanoseconds, of: [row.message],
                "\(logged), but the storage never got it")
            guard let stored else { continue }
            let other = stored.message == row.message ? path.overwriting[row.place] : stored
            judgement.check(
                other == nil, atNanoseconds: other?.timeNanoseconds ?? 0, of: [row.message],
                "\(logged), but the storage has \(other.map { names.name(of: $0.message) } ?? "") at its place")
            let again = path.repeated[StorePathRecord.Key(owner: row.place.owner, message: row.message)]
            judgement.check(
                again == nil, atNanoseconds: again?.timeNanoseconds ?? 0, of: [row.message],
                "\(logged), and the storage has it again as number \(again?.place.sequence ?? 0)")
            let next = path.stored[StorePathRecord.Place(owner: row.place.owner, sequence: row.place.sequence + 1)]
            judgement.check(
                next.map { $0.timeNanoseconds >= stored.timeNanoseconds } ?? true,
                atNanoseconds: next?.timeNanoseconds ?? 0, of: [row.message],
                "\(logged) and stored at \(time(stored.timeNanoseconds)), after what comes next in the mailbox "
                    + "(\(next.map { time($0.timeNanoseconds) } ?? ""))")
        }
    }
}
