// In a large world nothing that a request needs is in the cache: it is asked for in two steps some time before. They change nothing, and are
// mutating so that they are not given a copy of the server.
extension StorageServer {
    /// So many bytes of a server are touched by most of what it handles.
    public static let hotByteCount = 576

    /// Asks for what the server's own fields refer to: where its regions are, and what waits for the disk.
    ///
    /// - Parameter payload: What it is about to handle, if that is a message: the message, on the wire.
    public mutating func prefetch(_ payload: Payload) {
        volatile.regions.prefetch(payload.storedUser?.logicalShard)
        volatile.risingFences.prefetch()
        volatile.buffer.prefetch()
    }

    /// Asks for what the server looks at of the rows of a request's user, once its regions are there.
    ///
    /// - Parameter payload: The request, on the wire.
    public mutating func prefetchRows(_ payload: Payload) {
        if let user = payload.storedUser { volatile.regions.prefetchRows(of: user) }
    }

    /// Asks for what the records of the sync that is under way will touch of the rows when it ends, once the records are there.
    public mutating func prefetchSyncedRows() {
        volatile.buffer.withFirstUnderway { records in
            for index in records.indices {
                switch records[index].record {
                case .mailbox(let row): volatile.regions.prefetchRows(of: row.owner, putting: row)
                case .row(let row): volatile.regions.prefetchRows(of: UserID(row.partition))
                case .batch, .drop: break
                }
            }
        }
    }
}

extension ShardTable<RegionMemory> {
    /// Asks for the memory in which a user's rows are searched, and those that follow from a message which is put there.
    fileprivate func prefetchRows(of user: UserID, putting row: MailboxRow? = nil) {
        _ = withValue(of: user.logicalShard) { region in
            region.memstore.prefetch(user)
            if let row { region.memstore.prefetchDerived(from: StoredRow(message: row)) }
        }
    }
}

extension Payload {
    /// Whose rows a request to a storage server is about, if it is about a mailbox.
    fileprivate var storedUser: UserID? {
        switch kind {
        case Kind.put.rawValue: row.owner
        case Kind.load.rawValue, Kind.scan.rawValue, BalancingMessage.Kind.claim.rawValue:
            UserID(UInt32(truncatingIfNeeded: words.0))
        default: nil
        }
    }
}
