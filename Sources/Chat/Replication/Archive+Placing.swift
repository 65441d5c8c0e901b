internal import ErasureCoding

extension Archive {
    /// The timers of an archive.
    enum TimerKind: UInt16 {
        case scrub = 40
        case placing
        case reading
    }

    /// Begins the first pass of reading.
    func start(outbox: inout Outbox) {
        outbox.timer(
            TimerToken(kind: TimerKind.scrub.rawValue, value: 0), afterNanoseconds: configuration.scrubNanoseconds)
    }

    /// Takes up a record that is on the log. Once enough of them are there, they are sealed.
    mutating func append(_ record: LogRecord, outbox: inout Outbox) {
        record.append(to: &durable.open)
        guard UInt64(durable.open.count * 8) >= configuration.sealBytes else { return }
        let words = durable.open
        durable.open.removeAll(keepingCapacity: true)
        let file = UInt32(durable.files.count)
        let nodes = (0..<UInt32(configuration.code.fragmentCount)).map {
            (number &+ file &+ $0) % configuration.dataNodeCount
        }
        let fragments = configuration.code.encode(words)
        durable.files.append(
            SealedFile(
                wordCount: words.count, checksum: Self.checksum(words),
                fragmentChecksums: fragments.map(Self.checksum), nodes: nodes))
        durable.unplaced[file] = words
        place(file, fragments, outbox: &outbox)
    }

    /// The memory is gone.
    mutating func crash() {
        volatile = Volatile()
    }

    /// Goes on with files whose fragments were not all placed.
    mutating func restart(outbox: inout Outbox) {
        for file in durable.unplaced.keys.sorted() {
            place(file, configuration.code.encode(durable.unplaced[file] ?? []), outbox: &outbox)
        }
        start(outbox: &outbox)
    }

    /// Puts a fragment on a data node.
    mutating func place(
        _ words: [UInt64], file: UInt32, fragment: Int, on node: UInt32, isRepair: Bool, outbox: inout Outbox
    ) {
        let parts = partCount(of: durable.files[Int(file)])
        volatile.placing[id(file: file, fragment: fragment)] = Placing(
            words: words, node: node, parts: Set(0..<parts), isRepair: isRepair, attempt: 0)
        send(id(file: file, fragment: fragment), outbox: &outbox)
    }

    /// A data node has a part of a fragment on its disk.
    mutating func stored(_ part: FragmentID, by node: UInt32, outbox: inout Outbox) {
        let id = id(file: part.file, fragment: Int(part.fragment))
        guard var placing = volatile.placing[id], placing.node == node else { return }
        volatile.suspects.remove(node)
        placing.parts.remove(part.part)
        volatile.placing[id] = placing
        guard placing.parts.isEmpty else { return }
        volatile.placing[id] = nil
        durable.files[Int(part.file)].nodes[Int(part.fragment)] = node
        if placing.isRepair {
            counts.repaired += 1
            counts.repairBytesWritten += UInt64(placing.words.count * 8)
        }
        let isPlaced = (0..<configuration.code.fragmentCount).allSatisfy {
            volatile.placing[self.id(file: part.file, fragment: $0)] == nil
        }
        if isPlaced { durable.unplaced[part.file] = nil }
    }

    /// A data node did not answer in time: another one gets the fragment if there is one that has none of the file.
    mutating func placingTimedOut(_ value: UInt64, outbox: inout Outbox) {
        let id = id(file: UInt32(truncatingIfNeeded: value), fragment: Int(value >> 32 & 0xff))
        guard var placing = volatile.placing[id], placing.attempt == UInt32(value >> 40) else { return }
        volatile.suspects.insert(placing.node)
        if let spare = spareNode(forFile: id.file) {
            placing.node = spare
            placing.parts = Set(0..<partCount(of: durable.files[Int(id.file)]))
            volatile.placing[id] = placing
        }
        send(id, outbox: &outbox)
    }

    /// A data node that is not suspected and has no fragment of a file, nor is about to.
    func spareNode(forFile file: UInt32) -> UInt32? {
        let taken =
            durable.files[Int(file)].nodes
            + (0..<configuration.code.fragmentCount).compactMap {
                volatile.placing[id(file: file, fragment: $0)]?.node
            }
        return (0..<configuration.dataNodeCount).map { ($0 &+ file &+ number) % configuration.dataNodeCount }
            .first { !taken.contains($0) && !volatile.suspects.contains($0) }
    }

    private mutating func place(_ file: UInt32, _ fragments: [[UInt64]], outbox: inout Outbox) {
        for (fragment, part) in fragments.enumerated() {
            place(
                part, file: file, fragment: fragment, on: durable.files[Int(file)].nodes[fragment], isRepair: false,
                outbox: &outbox)
        }
    }

    private mutating func send(_ id: FragmentID, outbox: inout Outbox) {
        guard var placing = volatile.placing[id] else { return }
        placing.attempt = (placing.attempt + 1) & 0xff_ffff
        volatile.placing[id] = placing
        for part in placing.parts.sorted() {
            let first = Int(part) * Self.partWordsMax
            outbox.send(
                .replication(.store(self.id(file: id.file, fragment: Int(id.fragment), part: part))),
                to: placement.dataNodeAddress(placing.node),
                attachment: placing.words[first..<min(first + Self.partWordsMax, placing.words.count)])
        }
        let value = UInt64(placing.attempt) << 40 | UInt64(id.fragment) << 32 | UInt64(id.file)
        outbox.timer(
            TimerToken(kind: TimerKind.placing.rawValue, value: value),
            afterNanoseconds: configuration.timeoutNanoseconds)
    }
}
