import ErasureCoding
import Testing

@testable import Chat

/// The archive of a storage server and its data nodes. Messages are carried at once; nodes can be lost.
private struct Vault {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1, dataNodeCount: 8)
    static let server = placement.storageServerAddress(0)
    var archive: Archive
    var nodes: [DataNode]
    var lost: Set<Int> = []
    /// What was sent last, and what timers were asked for.
    var sent: [(message: ReplicationMessage, node: Int)] = []
    var timers: [TimerToken] = []

    init(nodes count: Int = 8, sealBytes: UInt64 = 400, repairs: Bool = true) {
        archive = Archive(
            number: 0, placement: Self.placement,
            configuration: ReedSolomonConfiguration(
                code: ErasureCode(dataCount: 4, parityCount: 2), dataNodeCount: UInt32(count), sealBytes: sealBytes,
                scrubNanoseconds: 1000, repairs: repairs, timeoutNanoseconds: 100))
        nodes = Array(repeating: DataNode(), count: 8)
    }

    mutating func act(_ body: (inout Archive, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&archive, &outbox)
        sent = []
        timers = []
        var queue = take(outbox)
        while !queue.isEmpty {
            let (effect, words) = queue.removeFirst()
            switch effect {
            case .send(.replication(let message), let address, _),
                .sendAttached(.replication(let message), let address, _, _, _):
                let node = Int(address.process - Self.placement.firstDataNode)
                sent.append((message, node))
                guard !lost.contains(node) else { continue }
                queue += answer(message, words, from: node)
            case .timer(let token, _): timers.append(token)
            default: Issue.record("an archive does not ask for \(effect)")
            }
        }
    }

    private func take(_ outbox: Outbox) -> [(Effect, [UInt64])] {
        outbox.effects.map { effect in
            guard case .sendAttached(_, _, _, let first, let count) = effect else { return (effect, []) }
            return (effect, Array(outbox.words[Int(first)..<Int(first + count)]))
        }
    }

    /// A node answers, and the archive takes the answer.
    private mutating func answer(
        _ message: ReplicationMessage, _ words: [UInt64], from node: Int
    ) -> [(Effect, [UInt64])] {
        var outbox = Outbox()
        words.withUnsafeBufferPointer {
            nodes[node].receive(.replication(message), words: $0, from: Self.server, outbox: &outbox)
        }
        if outbox.effects.contains(where: { if case .sync = $0 { true } else { false } }) {
            nodes[node].synced(outbox: &outbox)
        }
        var reply = Outbox()
        for (effect, words) in take(outbox) {
            switch effect {
            case .send(.replication(.stored(let part)), _, _):
                archive.stored(part, by: UInt32(node), outbox: &reply)
                archive.checked(part, isThere: true, by: UInt32(node), outbox: &reply)
            case .send(.replication(.missing(let part)), _, _):
                archive.checked(part, isThere: false, by: UInt32(node), outbox: &reply)
            case .sendAttached(.replication(.fetched(let part)), _, _, _, _):
                words.withUnsafeBufferPointer {
                    archive.fetched(part, words: $0, by: UInt32(node), outbox: &reply)
                }
            default: continue
            }
        }
        return take(reply)
    }

    /// Logs rows until so many files are sealed.
    mutating func fill(files: Int) {
        var sequence: UInt32 = 0
        while archive.durable.files.count < files {
            sequence += 1
            let row = MailboxRow(
                record: MessageRecord(
                    id: MessageID(
                        sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: sequence)),
                    recipient: UserID(2), contentBytes: 9, sequence: sequence), isRecipients: true)
            act { $0.append(.mailbox(row), outbox: &$1) }
        }
    }

    /// A pass of reading, with all its time-outs.
    mutating func scrub() {
        act { $0.scrub(outbox: &$1) }
        while let token = timers.last(where: { $0.kind == Archive.TimerKind.reading.rawValue }) {
            let rest = timers.filter { $0.kind == Archive.TimerKind.placing.rawValue }
            act { $0.readingTimedOut(token.value, outbox: &$1) }
            for token in rest { act { $0.placingTimedOut(token.value, outbox: &$1) } }
            if archive.volatile.reading == nil { break }
        }
    }
}

@Suite("Archive on data nodes")
struct ArchiveTests {
    @Test("enough of the log is sealed and cut into fragments, each on a data node of its own")
    func sealing() {
        var vault = Vault()
        vault.fill(files: 1)
        let file = vault.archive.durable.files[0]
        #expect(file.wordCount * 8 >= 400 && vault.archive.durable.open.isEmpty)
        #expect(Set(file.nodes).count == 6 && vault.sent.count == 6)
        #expect(vault.archive.durable.unplaced.isEmpty, "all fragments are on disks")
        var metrics = Metrics()
        vault.archive.report(into: &metrics)
        for node in vault.nodes { node.report(into: &metrics) }
        #expect(metrics["replication.sealed_files"] == 1)
        #expect(metrics["replication.fragment_bytes"] == UInt64((file.wordCount + 3) / 4 * 6 * 8))
    }

    @Test("whichever two data nodes are lost, every file is read and has its checksum", arguments: 0..<28)
    func degradedReads(pair: Int) {
        var vault = Vault(repairs: false)
        vault.fill(files: 3)
        let pairs = (0..<8).flatMap { one in (one + 1..<8).map { (one, $0) } }
        vault.lost = [pairs[pair].0, pairs[pair].1]
        vault.scrub()
        #expect(vault.archive.counts.reads == 3 && vault.archive.counts.corruptReads == 0)
        let touched = vault.archive.durable.files.count { file in
            file.nodes.prefix(4).contains { vault.lost.contains(Int($0)) }
        }
        #expect(vault.archive.counts.degradedReads == UInt64(touched))
    }

    @Test("three lost nodes are one too many for files that had fragments on all of them")
    func unreadable() {
        var vault = Vault(nodes: 6, repairs: false)
        vault.fill(files: 1)
        vault.lost = [0, 1, 5]
        vault.scrub()
        #expect(vault.archive.counts.unreadable == 1 && vault.archive.counts.reads == 0)
    }

    @Test("lost fragments are made anew on spare nodes, and then two more losses do no harm")
    func repair() {
        var vault = Vault()
        vault.fill(files: 2)
        vault.lost = [1, 2]
        vault.scrub()
        let files = vault.archive.durable.files
        #expect(vault.archive.counts.repaired > 0)
        #expect(
            files.allSatisfy { file in Set(file.nodes).count == 6 && !file.nodes.contains { [1, 2].contains($0) } })
        vault.lost.formUnion([0, 3])
        vault.scrub()
        #expect(vault.archive.counts.reads == 4 && vault.archive.counts.unreadable == 0)
    }

    @Test("a fragment whose bits changed is found by its checksum, decoded from others and made anew where it is")
    func corruption() {
        var vault = Vault(nodes: 6)
        vault.fill(files: 1)
        let nodes = vault.archive.durable.files[0].nodes
        for fragment in 0...1 { vault.nodes[Int(nodes[fragment])].corrupt(1 << 63 | 12_345) }
        vault.scrub()
        #expect(vault.archive.counts.corruptFragments == 2 && vault.archive.counts.corruptReads == 0)
        #expect(vault.archive.counts.degradedReads == 1 && vault.archive.counts.repaired == 2)
        #expect(vault.archive.durable.files[0].nodes == nodes)
        // They are as they were: two others may be lost now.
        vault.lost = [Int(nodes[2]), Int(nodes[4])]
        vault.scrub()
        #expect(vault.archive.counts.reads == 2 && vault.archive.counts.corruptFragments == 2)
    }

    @Test("three corrupt fragments of a file are one too many, and that is said")
    func tooMuchCorruption() {
        var vault = Vault(nodes: 6)
        vault.fill(files: 1)
        let nodes = vault.archive.durable.files[0].nodes
        for fragment in 0...2 { vault.nodes[Int(nodes[fragment])].corrupt(7) }
        vault.scrub()
        #expect(vault.archive.counts.unreadable == 1 && vault.archive.counts.repaired == 0)
    }

    @Test(
        "a node that is lost while a file is placed is passed over; what was not placed survives a crash of the server")
    func placing() {
        var vault = Vault()
        vault.lost = [3]
        vault.fill(files: 1)
        #expect(!vault.archive.durable.unplaced.isEmpty)
        vault.archive.crash()
        vault.act { $0.restart(outbox: &$1) }
        let timers = vault.timers.filter { $0.kind == Archive.TimerKind.placing.rawValue }
        #expect(timers.count == 6)
        for token in timers { vault.act { $0.placingTimedOut(token.value, outbox: &$1) } }
        #expect(vault.archive.durable.unplaced.isEmpty && !vault.archive.durable.files[0].nodes.contains(3))
    }

    @Test("a message about a fragment that is packed comes out as it was")
    func messages() {
        let id = FragmentID(server: .max, file: .max, fragment: .max, part: .max)
        let all: [ReplicationMessage] = [
            .store(id), .stored(id), .fetch(id), .fetched(id), .check(id), .missing(id),
        ]
        for message in all { #expect(Payload(.replication(message)).message == .replication(message)) }
        #expect(Set(all.map { $0.payload.kind }).count == ReplicationMessage.Kind.allCases.count)
    }
}
