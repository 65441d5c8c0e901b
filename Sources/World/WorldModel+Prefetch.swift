import Chat
import Simulation

/// In a large world nothing that an event needs is in the cache, so that it is asked for while the events before it are handled: first the rows
/// of its process and component, whose addresses follow from the number of the process; then, once these are there, what they refer to.
extension WorldModel {
    /// From so many users on it pays.
    static let largeUserCount: UInt64 = 1_000_000

    mutating func prefetch(_ event: Event, look: Int) {
        let index = Int(event.target &- firstProcess)
        let component = componentIndex(ofProcessAt: index)
        switch look {
        case 0:
            if case .block? = component {
                Self.prefetchRow(index, of: processes, byteCount: Process.hotByteCount)
            } else {
                Self.prefetchRow(index, of: processes)
            }
            switch component {
            case .chatServer(let index): Self.prefetchRow(index, of: chatServers, byteCount: ChatServer.hotByteCount)
            case .storageServer(let index):
                Self.prefetchRow(index, of: storageServers, byteCount: StorageServer.hotByteCount)
            case .block(let index):
                Self.prefetchRow(index, of: blocks, byteCount: ClientBlock.hotByteCount(of: event.kind))
            default: break
            }
        case 1:
            processes[index].prefetchAnswer(
                fromPort: event.targetPort, to: Address(process: event.source, port: event.sourcePort))
            switch component {
            case .chatServer(let index):
                chatServers[index].prefetch(
                    Payload(kind: event.kind, words: event.payload), port: event.targetPort)
            case .storageServer(let index):
                storageServers[index].prefetch(Payload(kind: event.kind, words: event.payload))
            case .block(let index): blocks[index].clients.prefetch(Int(event.targetPort))
            default: break
            }
        default:
            switch component {
            case .storageServer(let index):
                if event.kind == EventKind.synced {
                    storageServers[index].prefetchSyncedRows()
                } else {
                    storageServers[index].prefetchRows(Payload(kind: event.kind, words: event.payload))
                }
            case .block(let index): blocks[index].clients.prefetchAwake(Int(event.targetPort))
            default: break
            }
        }
    }

    /// What the process at an index runs, without looking there: the processes of a partition come in the order of their tiers.
    private mutating func componentIndex(ofProcessAt index: Int) -> Process.Component? {
        var index = index - loadBalancers.count
        if index < 0 { return nil }
        if index < chatServers.count { return .chatServer(index) }
        index -= chatServers.count
        if index < storageServers.count { return .storageServer(index) }
        index -= storageServers.count + coordinators.count + dataNodes.count + cacheServers.count
        index -= objectStores.count + devices.count
        return index >= 0 ? .block(index) : nil
    }

    private static func prefetchRow<Row>(_ index: Int, of rows: Rows<Row>, byteCount: Int = MemoryLayout<Row>.size) {
        Prefetch.bytes(byteCount, from: rows.base + index)
    }
}
