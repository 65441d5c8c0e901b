import Chat
import Simulation

extension WorldModel {
    /// Hands an event to an object store.
    mutating func dispatch(_ event: Event, toObjectStore index: Int) {
        switch event.kind {
        case EventKind.synced: objectStores[index].synced(outbox: &outbox)
        case EventKind.written: objectStores[index].written(event.payload.0, outbox: &outbox)
        default:
            objectStores[index].receive(
                event.message, from: Address(process: event.source, port: event.sourcePort), outbox: &outbox)
        }
    }
}
