import Chat
import Simulation

/// In a large world nothing that an event needs is in the cache, so that it is asked for while the events before it are handled: first the rows
/// of its process and component, whose addresses follow from the number of the process; then, once these are there, what they refer to.
extension WorldModel {
    /// From so many users on it pays.
    static let largeUserCount: UInt64 = 1_000_000

    func prefetch(_ event: Event) {
        let index = Int(event.target &- firstProcess)
        Self.prefetchRow(index, of: processes)
        switch componentIndex(ofProcessAt: index) {
        case .chatServer(let index): Self.prefetchRow(index, of: chatServers)
        case .storageServer(let index): Self.prefetchRow(index, of: storageServers)
        case .block(let index): Self.prefetchRow(index, of: blocks)
        default: break
        }
    }

    func prefetchFurther(_ event: Event) {
        let index = Int(event.target &- firstProcess)
        Self.row(index, of: processes)?.pointee.prefetch()
        switch componentIndex(ofProcessAt: index) {
        case .chatServer(let index):
            Self.row(index, of: chatServers)?.pointee.prefetch(
                Payload(kind: event.kind, words: event.payload), port: event.targetPort)
        case .block(let index): Self.row(index, of: blocks)?.pointee.clients.prefetch(Int(event.targetPort))
        default: break
        }
    }

    /// What the process at an index runs, without looking there: the processes of a partition come in the order of their tiers.
    private func componentIndex(ofProcessAt index: Int) -> Process.Component? {
        var index = index - loadBalancers.count
        if index < 0 { return nil }
        if index < chatServers.count { return .chatServer(index) }
        index -= chatServers.count
        if index < storageServers.count { return .storageServer(index) }
        index -= storageServers.count + coordinators.count + dataNodes.count + cacheServers.count
        index -= objectStores.count + devices.count
        return index >= 0 ? .block(index) : nil
    }

    private static func prefetchRow<Row>(_ index: Int, of rows: [Row]) {
        if let row = row(index, of: rows) { Prefetch.value(at: UnsafePointer(row)) }
    }

    /// The address of a row. Nothing is written there.
    static func row<Row>(_ index: Int, of rows: [Row]) -> UnsafeMutablePointer<Row>? {
        rows.withUnsafeBufferPointer { rows in rows.baseAddress.map { UnsafeMutablePointer(mutating: $0 + index) } }
    }
}
