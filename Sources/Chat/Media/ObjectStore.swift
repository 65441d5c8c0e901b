/// A server that keeps media, and sends them to the devices that show the messages which refer to them.
///
/// The media of an upload are written to a file of their own; then an entry for them is appended to a log and synced, together with the entries
/// of others. Only what has its entry is there after a crash. By default an upload is confirmed after that, so that a crash may lose an
/// upload and never one that was confirmed.
///
/// An upload of what is there already, or on its way to the disk, is confirmed like the first and writes nothing.
public struct ObjectStore: Sendable {
    /// When an upload is confirmed.
    public enum Confirmation: Hashable, Sendable, CaseIterable {
        /// Once it is on the disk, synced.
        case afterSync
        /// As soon as it has arrived. A crash before the sync loses what was confirmed.
        case beforeSync
    }

    /// Media on the disk.
    private struct Object: Sendable {
        let message: MessageID
        let bytes: UInt32
    }

    /// What survives a crash: the disk.
    private struct Durable: Sendable {
        /// In the order of the log.
        var objects: [Object] = []
        var bytesOf: [MessageID: UInt32] = [:]
        var sizeBytes: UInt64 = 0
    }

    /// Media that are not synced, and who waits for that.
    private struct Arrival: Sendable {
        let bytes: UInt32
        var callers: [Address] = []
    }

    /// What goes on once the disk has read or written.
    private enum DiskWork: Sendable {
        case written(MessageID)
        case read(MessageID, bytes: UInt32, to: Address)
    }

    /// What does not survive: the memory.
    private struct Volatile: Sendable {
        var arrivals: [MessageID: Arrival] = [:]
        /// Entries of the log that wait for the disk.
        var buffer = LogBuffer<MessageID>()
        /// What the disk is doing, by token.
        var diskWorks: [UInt64: DiskWork] = [:]
        var nextToken: UInt64 = 0
    }

    /// The bytes of an entry of the log: an identifier, a size, where the media are, and a checksum.
    static let entryBytes: UInt64 = 32

    private let number: UInt32
    private let confirmation: Confirmation
    private var durable = Durable()
    private var volatile = Volatile()
    /// What observers count; it outlives crashes.
    private var repeatedCount: UInt64 = 0
    private var missingCount: UInt64 = 0

    /// An empty object store.
    ///
    /// - Parameters:
    ///   - number: Its number among the object stores, from zero.
    ///   - confirmation: When it confirms an upload.
    public init(number: UInt32, confirmation: Confirmation) {
        self.number = number
        self.confirmation = confirmation
    }

    /// Handles a request of a device.
    public mutating func receive(_ message: WireMessage, from source: Address, outbox: inout Outbox) {
        guard case .media(let request) = message else {
            preconditionFailure("an object store is never sent \(message)")
        }
        switch request {
        case .upload(let id, let bytes): upload(id, bytes: bytes, from: source, outbox: &outbox)
        case .download(let id): download(id, to: source, outbox: &outbox)
        case .uploaded, .downloaded, .missing: preconditionFailure("an object store is never sent \(message)")
        }
    }

    /// The disk has read or written what the store asked for.
    public mutating func written(_ token: UInt64, outbox: inout Outbox) {
        switch volatile.diskWorks.removeValue(forKey: token) {
        case .written(let id): volatile.buffer.append(id, bytes: Self.entryBytes, outbox: &outbox)
        case .read(let id, let bytes, let address):
            outbox.send(.media(.downloaded(id, bytes: bytes)), to: address)
        case nil: preconditionFailure("an object store asked for nothing with the token \(token)")
        }
    }

    /// The sync that the store asked for is done: what it covered is durable.
    public mutating func synced(outbox: inout Outbox) {
        for id in volatile.buffer.synced(outbox: &outbox) {
            guard let arrival = volatile.arrivals.removeValue(forKey: id) else {
                preconditionFailure("an entry was written for media that never arrived")
            }
            durable.objects.append(Object(message: id, bytes: arrival.bytes))
            durable.bytesOf[id] = arrival.bytes
            durable.sizeBytes += UInt64(arrival.bytes)
            for caller in arrival.callers { outbox.send(.media(.uploaded(id)), to: caller) }
        }
    }

    /// The memory is gone, and with it what was not synced.
    public mutating func crash() {
        volatile = Volatile()
    }

    /// Reports the media that are on the disk as ``Observation/Kind/mediaHeld``.
    public func reportHeld(outbox: inout Outbox) {
        for object in durable.objects {
            outbox.observe(
                Observation(
                    .mediaHeld, device: object.message.device, message: object.message, counterpart: UserID(number),
                    sequence: object.bytes))
        }
    }

    /// Reports what the store keeps and what it was asked for.
    public func report(into metrics: inout Metrics) {
        metrics.record(
            MetricDefinition("media.objects", unit: "objects", "Media that object stores have in the end, synced."),
            UInt64(durable.objects.count))
        metrics.record(
            MetricDefinition("media.stored_bytes", unit: "bytes", "The size of those."), durable.sizeBytes)
        metrics.record(
            MetricDefinition(
                "media.uploads_repeated", unit: "uploads",
                "Uploads of what an object store had already, or was writing: confirmed, and not written again."),
            repeatedCount)
        metrics.record(
            MetricDefinition(
                "media.missing", unit: "downloads", "Downloads of what an object store did not have."), missingCount)
    }

    private mutating func upload(_ id: MessageID, bytes: UInt32, from source: Address, outbox: inout Outbox) {
        let isDurable = durable.bytesOf[id] != nil
        let isKnown = isDurable || volatile.arrivals[id] != nil
        if isKnown { repeatedCount += 1 } else { volatile.arrivals[id] = Arrival(bytes: bytes) }
        if isDurable || confirmation == .beforeSync {
            outbox.send(.media(.uploaded(id)), to: source)
        } else if volatile.arrivals[id]?.callers.contains(source) == false {
            volatile.arrivals[id]?.callers.append(source)
        }
        if !isKnown { disk(.written(id), bytes: UInt64(bytes), outbox: &outbox) }
    }

    private mutating func download(_ id: MessageID, to source: Address, outbox: inout Outbox) {
        if let bytes = durable.bytesOf[id] {
            disk(.read(id, bytes: bytes, to: source), readBytes: UInt64(bytes), outbox: &outbox)
        } else if let arrival = volatile.arrivals[id] {
            outbox.send(.media(.downloaded(id, bytes: arrival.bytes)), to: source)
        } else {
            missingCount += 1
            outbox.send(.media(.missing(id)), to: source)
        }
    }

    private mutating func disk(
        _ work: DiskWork, bytes: UInt64 = 0, readBytes: UInt64 = 0, outbox: inout Outbox
    ) {
        volatile.diskWorks[volatile.nextToken] = work
        outbox.write(volatile.nextToken, bytes: bytes, readBytes: readBytes)
        volatile.nextToken += 1
    }
}
