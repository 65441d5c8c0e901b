public import Exploration
internal import GRDB
internal import Synchronization

/// A search that is kept in a store.
///
/// Outcomes are written in transactions of many. What the process has not written yet when it is killed is run again: seeds of half a second at
/// most, and of the one that ran just then.
public final class StoredSearch: Sendable {
    /// How many outcomes are written in one transaction at most.
    static let batchMax = 512
    /// How long outcomes wait to be written at most, once there is another one.
    static let waitMax = Duration.milliseconds(500)

    private let database: DatabaseQueue
    private let path: String
    private let number: Int64
    private let pending: Mutex<(records: [SeedRecord], lastWritten: ContinuousClock.Instant)>
    private let ahead = Mutex<[UInt64: SeedRecord]>([:])

    init(database: DatabaseQueue, path: String, number: Int64) {
        self.database = database
        self.path = path
        self.number = number
        pending = Mutex((records: [], lastWritten: .now))
    }

    /// The outcomes that were in the store when this was called.
    public func knownSeeds() throws(StoreError) -> KnownSeeds {
        let ranges = try attempt {
            try database.read { database in
                let seeds = try Int64.fetchCursor(
                    database, sql: "SELECT seed FROM seed WHERE search = ? ORDER BY seed", arguments: [number])
                var ranges: [Range<UInt64>] = []
                while let seed = try seeds.next() {
                    KnownSeeds.extend(&ranges, by: UInt64(seed))
                }
                return ranges
            }
        }
        return KnownSeeds(ranges: ranges) { [self] seed in try record(of: seed) }
    }

    /// Adds the outcome of a seed that the store has not.
    public func append(_ record: SeedRecord) throws(StoreError) {
        let batch = pending.withLock { pending -> [SeedRecord] in
            pending.records.append(record)
            let now = ContinuousClock.now
            guard pending.records.count >= Self.batchMax || now - pending.lastWritten >= Self.waitMax else { return [] }
            defer { pending = (records: [], lastWritten: now) }
            return pending.records
        }
        try write(batch)
    }

    /// Writes what waits to be written.
    public func close() throws(StoreError) {
        let batch = pending.withLock { pending -> [SeedRecord] in
            defer { pending.records = [] }
            return pending.records
        }
        try write(batch)
    }

    private func write(_ records: [SeedRecord]) throws(StoreError) {
        guard !records.isEmpty else { return }
        try attempt {
            try database.write { database in
                let insertSeed = try database.cachedStatement(sql: "INSERT INTO seed VALUES (?, ?, ?, ?, ?, ?, ?)")
                let insertFailure = try database.cachedStatement(sql: "INSERT INTO failure VALUES (?, ?, ?, ?, ?, ?)")
                for record in records {
                    let outcome = record.outcome
                    let seed = Int64(outcome.seed)
                    try insertSeed.execute(arguments: [
                        number, seed, outcome.digest, Int64(outcome.events), Int64(clamping: record.wallNanoseconds),
                        String(record.reached.map { $0 ? "1" : "0" }), SituationList.bytes(of: outcome.situations),
                    ])
                    for (place, failure) in outcome.failures.enumerated() {
                        try insertFailure.execute(arguments: [
                            number, seed, place, failure.invariant, failure.cause, failure.sentence,
                        ])
                    }
                }
            }
        }
    }

    // MARK: Reading

    /// How many outcomes are read at once.
    private static let readAhead = 1000

    /// The outcome of a seed. Whoever asks for seeds in ascending order mostly finds them read already.
    private func record(of seed: UInt64) throws(StoreError) -> SeedRecord {
        try ahead.withLock { ahead throws(StoreError) in
            if ahead[seed] == nil { ahead = try read(from: seed) }
            guard let record = ahead[seed] else {
                throw StoreError(path, UnfitFile(reason: "seed \(seed) is gone from the file"))
            }
            return record
        }
    }

    private func read(from first: UInt64) throws(StoreError) -> [UInt64: SeedRecord] {
        try attempt {
            try database.read { database in
                let rows = try Row.fetchAll(
                    database, sql: "SELECT * FROM seed WHERE search = ? AND seed >= ? ORDER BY seed LIMIT ?",
                    arguments: [number, Int64(first), Self.readAhead])
                guard let last = rows.last?["seed"] as Int64? else { return [:] }
                let failures = try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM failure WHERE search = ? AND seed BETWEEN ? AND ? ORDER BY seed, place",
                    arguments: [number, Int64(first), last])
                let failuresBySeed = Dictionary(grouping: failures) { $0["seed"] as Int64 }
                return Dictionary(
                    uniqueKeysWithValues: rows.map { row in
                        let record = Self.record(row, failures: failuresBySeed[row["seed"]] ?? [])
                        return (record.outcome.seed, record)
                    })
            }
        }
    }

    private static func record(_ row: Row, failures: [Row]) -> SeedRecord {
        let seed: Int64 = row["seed"]
        let events: Int64 = row["events"]
        let wall: Int64 = row["wall_nanoseconds"]
        let reached: String = row["reached"]
        let outcome = SeedOutcome(
            seed: UInt64(seed), digest: row["digest"], events: UInt64(events),
            failures: failures.map { SeedOutcome.Failure(invariant: $0["invariant"], sentence: $0["sentence"]) },
            situations: SituationList.situations(of: row["situations"]))
        return SeedRecord(outcome: outcome, reached: reached.map { $0 == "1" }, wallNanoseconds: UInt64(wall))
    }

    private func attempt<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try body()
        } catch {
            throw StoreError(path, error)
        }
    }
}
