extension CoordinatorState {
    /// What each server will have once all that is under way is done.
    private struct Load {
        /// Shards by server.
        var copies: [Int]
        /// Shards by place among the members, then by server.
        var places: [[Int]]

        init(_ state: CoordinatorState, serverCount: Int) {
            copies = Array(repeating: 0, count: serverCount)
            places = Array(repeating: copies, count: ShardMembers.countMax)
            for assignment in state.map.assignments { add(assignment.members, 1) }
            for task in state.tasks {
                add(state.map[task.shard].members, -1)
                add(task.result(from: state.map[task.shard]).members, 1)
            }
        }

        private mutating func add(_ members: ShardMembers, _ count: Int) {
            var place = 0
            while place < ShardMembers.countMax, let server = members[place] {
                copies[Int(server)] += count
                places[place][Int(server)] += count
                place += 1
            }
        }
    }

    /// What to begin next: first copies that are lacking, then moves from the server with the most copies to the one with the fewest, until
    /// no two differ by more than one. Of the shards that could move the one is taken that also evens out the primaries, then the lowest.
    ///
    /// - Parameters:
    ///   - copyCount: How many copies each shard should have.
    ///   - isLost: Which servers are lost.
    /// - Returns: Nothing if all is well, or if nothing can be done.
    /// - Complexity: O(shards + servers).
    func nextTask(copyCount: UInt32, isLost: [Bool]) -> ShardTask? {
        let live = (0..<serverCount).filter { !isLost[Int($0)] }
        let load = Load(self, serverCount: isLost.count)
        let busy = Set(tasks.map(\.shard))
        if copyCount > 1, let task = lackingCopy(copyCount, live: live, isLost, load, busy) { return task }
        guard let most = live.max(by: { load.copies[Int($0)] < load.copies[Int($1)] }),
            let fewest = live.min(by: { load.copies[Int($0)] < load.copies[Int($1)] }),
            load.copies[Int(most)] > load.copies[Int(fewest)] + 1
        else { return nil }
        let differences = load.places.map { $0[Int(most)] - $0[Int(fewest)] }
        let order = (0..<ShardMembers.countMax).sorted { one, other in
            (differences[other], one) < (differences[one], other)
        }
        for place in order {
            let shard = map.firstShard { shard, members in
                members[place] == most && !members.contains(fewest) && !busy.contains(shard)
            }
            if let shard { return ShardTask(shard: shard, target: fewest, replaces: most) }
        }
        return nil
    }

    private func lackingCopy(
        _ copyCount: UInt32, live: [UInt32], _ isLost: [Bool], _ load: Load, _ busy: Set<UInt32>
    ) -> ShardTask? {
        let shard = map.firstShard { shard, members in
            guard members.count < Int(copyCount), !busy.contains(shard), let primary = members.primary else {
                return false
            }
            return !isLost[Int(primary)] && live.contains { !members.contains($0) }
        }
        guard let shard else { return nil }
        return live.filter { !map[shard].members.contains($0) }
            .min { load.copies[Int($0)] < load.copies[Int($1)] }
            .map { ShardTask(shard: shard, target: $0, replaces: nil) }
    }
}

extension ShardMap {
    /// The first shard that meets a condition.
    fileprivate func firstShard(where isWanted: (UInt32, ShardMembers) -> Bool) -> UInt32? {
        assignments.indices.first { isWanted(UInt32($0), assignments[$0].members) }.map { UInt32($0) }
    }
}
