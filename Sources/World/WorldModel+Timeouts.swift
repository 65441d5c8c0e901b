import Chat
import Simulation

/// Time-outs wait in the queue of their process rather than among the events: see ``TimeoutQueue``.
extension WorldModel {
    /// Whether a timer that a component asks for is one that it will not await any more, most likely, when it is due.
    mutating func isTimeout(_ token: TimerToken, of index: Int) -> Bool {
        switch processes[index].component {
        case .chatServer: ChatServer.isTimeout(token)
        case .cacheServer: CacheServer.isTimeout(token)
        case .device, .block: Client.isTimeout(token)
        case .loadBalancer, .storageServer, .coordinator, .dataNode, .objectStore: false
        }
    }

    /// Puts a time-out into the queue of a process.
    mutating func queueTimeout(
        _ token: TimerToken, of process: UInt32, port: UInt32, dueNanoseconds: UInt64, scheduler: inout Scheduler
    ) {
        let entry = TimeoutQueue.Entry(
            timeNanoseconds: dueNanoseconds, ordinal: scheduler.reserveOrdinal(of: process), value: token.value,
            port: port, kind: token.kind)
        let index = Int(process - firstProcess)
        let component = processes[index].component
        if processes[index].timeouts.insert(entry, isStale: { isStale($0, of: component) }) {
            schedule(entry, of: process, scheduler: &scheduler)
        }
    }

    /// Lets the next time-out of a process that its component awaits become an event, after the one before it has happened.
    mutating func scheduleNextTimeout(of process: UInt32, scheduler: inout Scheduler) {
        let index = Int(process - firstProcess)
        let component = processes[index].component
        if let next = processes[index].timeouts.advance(isStale: { isStale($0, of: component) }) {
            schedule(next, of: process, scheduler: &scheduler)
        }
    }

    private mutating func isStale(_ entry: TimeoutQueue.Entry, of component: Process.Component) -> Bool {
        let token = TimerToken(kind: entry.kind, value: entry.value)
        return switch component {
        case .chatServer(let number): !chatServers[number].awaits(token)
        case .cacheServer(let number): !cacheServers[number].awaits(token)
        case .device(let number): !devices[number].awaits(token)
        case .block(let number): !blocks[number].clients.awaits(token, port: Int(entry.port))
        case .loadBalancer, .storageServer, .coordinator, .dataNode, .objectStore: false
        }
    }

    private mutating func schedule(_ entry: TimeoutQueue.Entry, of process: UInt32, scheduler: inout Scheduler) {
        scheduler.schedule(
            at: entry.timeNanoseconds, of: process, reserved: entry.ordinal, kind: EventKind.timerBase + entry.kind,
            port: entry.port,
            payload: (entry.value, UInt64(processes[Int(process - firstProcess)].incarnation), 0, 0))
    }
}
