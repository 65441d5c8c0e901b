extension StorageServer {
    /// Handles what a data node says.
    mutating func receive(
        _ message: ReplicationMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, outbox: inout Outbox
    ) {
        guard let first = archive?.placement.firstDataNode else {
            preconditionFailure("without an archive there are no data nodes")
        }
        let node = source.process - first
        switch message {
        case .stored(let part):
            archive?.stored(part, by: node, outbox: &outbox)
            archive?.checked(part, isThere: true, by: node, outbox: &outbox)
        case .missing(let part): archive?.checked(part, isThere: false, by: node, outbox: &outbox)
        case .fetched(let part): archive?.fetched(part, words: words, by: node, outbox: &outbox)
        case .store, .fetch, .check: preconditionFailure("a storage server is never sent \(message)")
        }
    }

    /// Handles a timer of the archive.
    mutating func fire(_ kind: Archive.TimerKind, value: UInt64, outbox: inout Outbox) {
        switch kind {
        case .scrub: archive?.scrub(outbox: &outbox)
        case .placing: archive?.placingTimedOut(value, outbox: &outbox)
        case .reading: archive?.readingTimedOut(value, outbox: &outbox)
        }
    }
}
