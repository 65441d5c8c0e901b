/// A machine with a disk that keeps fragments of sealed files, as a data node of HDFS does. It knows nothing of what they are.
public struct DataNode: Sendable {
    /// What survives a crash: the disk.
    private struct Durable: Sendable {
        var fragments: [FragmentID: [UInt64]] = [:]
        var bytes: UInt64 = 0
    }

    /// A part of a fragment that waits for the disk.
    private struct Pending: Sendable {
        let id: FragmentID
        let words: [UInt64]
        let source: Address
    }

    private var durable = Durable()
    private var buffer = LogBuffer<Pending>()

    /// An empty node.
    public init() {}

    /// Handles a request of a storage server.
    public mutating func receive(
        _ message: WireMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, outbox: inout Outbox
    ) {
        guard case .replication(let message) = message else {
            preconditionFailure("a data node is never sent \(message)")
        }
        switch message {
        case .store(let id):
            buffer.append(
                Pending(id: id, words: Array(words), source: source), bytes: UInt64(words.count * 8), outbox: &outbox)
        case .fetch(let id):
            if let words = durable.fragments[id] {
                outbox.send(.replication(.fetched(id)), to: source, attachment: words)
            } else {
                outbox.send(.replication(.missing(id)), to: source)
            }
        case .check(let id):
            outbox.send(.replication(durable.fragments[id] == nil ? .missing(id) : .stored(id)), to: source)
        case .stored, .fetched, .missing: preconditionFailure("a data node is never sent \(message)")
        }
    }

    /// The sync that the node asked for is done.
    public mutating func synced(outbox: inout Outbox) {
        for pending in buffer.synced(outbox: &outbox) {
            let old = durable.fragments.updateValue(pending.words, forKey: pending.id)
            durable.bytes += UInt64(pending.words.count * 8) - UInt64((old?.count ?? 0) * 8)
            outbox.send(.replication(.stored(pending.id)), to: pending.source)
        }
    }

    /// A bit of a fragment changes. The node does not notice.
    ///
    /// - Parameter draw: A random word, which says where.
    public mutating func corrupt(_ draw: UInt64) {
        let ids = durable.fragments.keys.sorted { $0.word < $1.word }
        guard !ids.isEmpty else { return }
        let id = ids[Int(draw.multipliedFullWidth(by: UInt64(ids.count)).high)]
        let place = draw &* 0x9e37_79b9_7f4a_7c15
        let count = UInt64(durable.fragments[id]?.count ?? 0)
        durable.fragments[id]?[Int(place.multipliedFullWidth(by: count).high)] ^= 1 << (place & 63)
    }

    /// The memory is gone.
    public mutating func crash() {
        buffer = LogBuffer()
    }

    /// Reports how much the node keeps.
    public func report(into metrics: inout Metrics) {
        metrics.record(ArchiveFigures.bytesStored, durable.bytes)
    }
}
