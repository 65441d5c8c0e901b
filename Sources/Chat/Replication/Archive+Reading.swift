internal import ErasureCoding

/// A sealed file that is being read.
struct ArchiveReading: Sendable {
    let file: UInt32
    /// The parts of fragments that came, by fragment.
    var parts: [Int: [UInt8: [UInt64]]] = [:]
    /// The fragments that are wanted.
    var wanted: Set<Int>
    /// The fragments of which only is asked whether they are there.
    var unchecked: Set<Int>
    /// The fragments that are lost.
    var lost: Set<Int> = []
    /// Those of them that are on their data node and not what they were.
    var corrupt: Set<Int> = []
    var attempt: UInt32
}

extension Archive {
    /// A pass begins, unless one is under way: every file that is on data nodes completely is read.
    mutating func scrub(outbox: inout Outbox) {
        start(outbox: &outbox)
        guard volatile.reading == nil, volatile.unread.isEmpty else { return }
        volatile.unread = 0..<UInt32(durable.files.count)
        readNext(outbox: &outbox)
    }

    /// A part of a fragment came.
    mutating func fetched(_ part: FragmentID, words: UnsafeBufferPointer<UInt64>, by node: UInt32, outbox: inout Outbox)
    {
        guard var reading = volatile.reading, reading.file == part.file, reading.wanted.contains(Int(part.fragment))
        else { return }
        volatile.suspects.remove(node)
        reading.parts[Int(part.fragment), default: [:]][part.part] = Array(words)
        volatile.reading = reading
        goOn(outbox: &outbox)
    }

    /// A data node has a fragment, or has it not.
    mutating func checked(_ part: FragmentID, isThere: Bool, by node: UInt32, outbox: inout Outbox) {
        guard var reading = volatile.reading, reading.file == part.file else { return }
        volatile.suspects.remove(node)
        let fragment = Int(part.fragment)
        if isThere {
            reading.unchecked.remove(fragment)
            volatile.reading = reading
        } else {
            volatile.reading = reading
            lose([fragment], outbox: &outbox)
        }
        goOn(outbox: &outbox)
    }

    /// Data nodes did not answer in time: what they have is taken for lost.
    mutating func readingTimedOut(_ value: UInt64, outbox: inout Outbox) {
        guard let reading = volatile.reading, reading.attempt == UInt32(truncatingIfNeeded: value) else { return }
        let silent = (reading.wanted.union(reading.unchecked)).filter { !isComplete($0) }.sorted()
        for fragment in silent { volatile.suspects.insert(durable.files[Int(reading.file)].nodes[fragment]) }
        lose(silent, outbox: &outbox)
        goOn(outbox: &outbox)
    }

    private func isComplete(_ fragment: Int) -> Bool {
        guard let reading = volatile.reading else { return false }
        return (reading.parts[fragment]?.count ?? 0) == Int(partCount(of: durable.files[Int(reading.file)]))
    }

    private mutating func readNext(outbox: inout Outbox) {
        while let file = volatile.unread.first {
            volatile.unread = volatile.unread.dropFirst()
            guard durable.unplaced[file] == nil else { continue }
            let code = configuration.code
            volatile.attemptCount &+= 1
            volatile.reading = ArchiveReading(
                file: file, wanted: [], unchecked: Set(code.dataCount..<code.fragmentCount),
                attempt: volatile.attemptCount)
            for fragment in code.dataCount..<code.fragmentCount {
                outbox.send(
                    .replication(.check(id(file: file, fragment: fragment))),
                    to: placement.dataNodeAddress(durable.files[Int(file)].nodes[fragment]))
            }
            for fragment in 0..<code.dataCount { fetch(fragment, outbox: &outbox) }
            startTimer(outbox: &outbox)
            return
        }
    }

    private mutating func fetch(_ fragment: Int, outbox: inout Outbox) {
        guard let file = volatile.reading?.file else { return }
        volatile.reading?.wanted.insert(fragment)
        volatile.reading?.unchecked.remove(fragment)
        for part in 0..<partCount(of: durable.files[Int(file)]) {
            outbox.send(
                .replication(.fetch(id(file: file, fragment: fragment, part: part))),
                to: placement.dataNodeAddress(durable.files[Int(file)].nodes[fragment]))
        }
    }

    private func startTimer(outbox: inout Outbox) {
        guard let reading = volatile.reading else { return }
        outbox.timer(
            TimerToken(kind: TimerKind.reading.rawValue, value: UInt64(reading.attempt)),
            afterNanoseconds: configuration.timeoutNanoseconds)
    }

    /// Asks for a parity fragment in place of each data fragment that is lost.
    private mutating func lose(_ fragments: [Int], outbox: inout Outbox) {
        guard !fragments.isEmpty, var reading = volatile.reading else { return }
        for fragment in fragments {
            reading.lost.insert(fragment)
            reading.wanted.remove(fragment)
            reading.unchecked.remove(fragment)
        }
        volatile.attemptCount &+= 1
        reading.attempt = volatile.attemptCount
        volatile.reading = reading
        let code = configuration.code
        let others = (0..<code.fragmentCount).filter { !reading.wanted.contains($0) && !reading.lost.contains($0) }
        for fragment in others.prefix(code.dataCount - reading.wanted.count) { fetch(fragment, outbox: &outbox) }
        startTimer(outbox: &outbox)
    }

    /// Ends the reading of a file once enough fragments are there and it is known of the others whether they are.
    private mutating func goOn(outbox: inout Outbox) {
        guard let reading = volatile.reading else { return }
        let code = configuration.code
        guard reading.wanted.count == code.dataCount else {
            // Everything that is left is wanted, and that is not enough.
            counts.unreadable += 1
            return finish(outbox: &outbox)
        }
        guard reading.unchecked.isEmpty, reading.wanted.allSatisfy(isComplete) else { return }
        let corrupt = corruptFragments(of: reading)
        guard corrupt.isEmpty else {
            counts.corruptFragments += UInt64(corrupt.count)
            volatile.reading?.corrupt.formUnion(corrupt)
            for fragment in corrupt { volatile.reading?.parts[fragment] = nil }
            lose(corrupt, outbox: &outbox)
            return goOn(outbox: &outbox)
        }
        let fragments: [[UInt64]?] = (0..<code.fragmentCount).map { fragment in
            guard let parts = reading.parts[fragment], reading.wanted.contains(fragment) else { return nil }
            return parts.keys.sorted().flatMap { parts[$0] ?? [] }
        }
        let file = durable.files[Int(reading.file)]
        guard let all = code.reconstruct(fragments),
            Self.checksum(code.join(all, wordCount: file.wordCount)) == file.checksum
        else {
            counts.corruptReads += 1
            return finish(outbox: &outbox)
        }
        counts.reads += 1
        if reading.lost.contains(where: { $0 < code.dataCount }) { counts.degradedReads += 1 }
        if configuration.repairs { repair(reading, all, outbox: &outbox) }
        finish(outbox: &outbox)
    }

    /// The fragments that came and do not have their checksum.
    private func corruptFragments(of reading: ArchiveReading) -> [Int] {
        let checksums = durable.files[Int(reading.file)].fragmentChecksums
        return reading.wanted.sorted().filter { fragment in
            let parts = reading.parts[fragment] ?? [:]
            return Self.checksum(parts.keys.sorted().flatMap { parts[$0] ?? [] }) != checksums[fragment]
        }
    }

    /// Puts the lost fragments on other data nodes, and those that are corrupt where they are.
    private mutating func repair(_ reading: ArchiveReading, _ fragments: [[UInt64]], outbox: inout Outbox) {
        var isAny = false
        for fragment in reading.lost.sorted() {
            guard volatile.placing[id(file: reading.file, fragment: fragment)] == nil,
                let spare = reading.corrupt.contains(fragment)
                    ? durable.files[Int(reading.file)].nodes[fragment] : spareNode(forFile: reading.file)
            else { continue }
            isAny = true
            place(
                fragments[fragment], file: reading.file, fragment: fragment, on: spare, isRepair: true,
                outbox: &outbox)
        }
        if isAny { counts.repairBytesRead += UInt64(configuration.code.dataCount * fragments[0].count * 8) }
    }

    private mutating func finish(outbox: inout Outbox) {
        volatile.reading = nil
        readNext(outbox: &outbox)
    }
}
