import Chat

extension Judge {
    /// `shard_move_lossless`: every row of a shard that moved, stored before that, is there once in the end.
    func judgeShardMoves(_ judgement: inout Judgement) {
        let sharding = record.sharding
        for (row, stored) in sharding.stored where stored <= deadlineNanoseconds {
            let shard = row.owner.logicalShard
            guard let moved = sharding.movedNanoseconds[shard], stored <= moved else { continue }
            let count = sharding.readable[row] ?? 0
            judgement.check(
                count == 1, atNanoseconds: moved, of: [row.message],
                "\(names.name(of: row.message)), stored at \(time(stored)) as #\(row.sequence) of \(names.name(of: row.owner)), is "
                    + (count == 0 ? "not there any more" : "there \(count) times")
                    + " after shard \(shard) moved at \(time(moved))")
        }
    }

    /// `replicas_agree`: copies of a shard that are there in the end have the same rows.
    func judgeReplicas(_ judgement: inout Judgement) {
        for shard in record.sharding.copies.keys.sorted() {
            let copies = (record.sharding.copies[shard] ?? []).sorted { $0.server < $1.server }
            guard let first = copies.first else { continue }
            for other in copies.dropFirst() {
                judgement.check(
                    other.hash == first.hash && other.rowCount == first.rowCount, atNanoseconds: 0,
                    "the copies of shard \(shard) differ: storage.\(first.server + 1) has \(first.rowCount) rows, "
                        + "storage.\(other.server + 1) has \(other.rowCount), and they are not the same")
            }
        }
    }
}
