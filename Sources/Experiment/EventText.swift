internal import Chat
internal import Invariants
internal import Simulation
internal import World

/// Events of a run in a line of words.
struct EventText {
    let names: ScenarioNames
    let processTable: ProcessTable

    func line(_ handled: HandledEvent) -> String {
        let event = handled.event
        let target = name(event.target, event.targetPort)
        let what =
            switch event.meaning {
            case .message: "\(words(of: event)) from \(name(event.source, event.sourcePort)) arrives at \(target)"
            case .timer, .other: "\(target): \(words(of: event))"
            }
        return "\(TimeText.microseconds(event.timeNanoseconds)) \(what)"
            + " (number \(event.ordinal) of its source; then \(handled.digestAfter.hexadecimal))"
    }

    /// What an event says, without where it happens.
    func words(of event: Event) -> String {
        switch event.meaning {
        case .message(let message): MessageText(names: names).words(of: message)
        case .timer(let token): "\(token.name(of: owner(of: event.target))) is due"
        case .other(let words): words
        }
    }

    private func owner(of process: UInt32) -> TimerToken.Owner {
        switch processTable.role(of: process) {
        case .loadBalancer: .loadBalancer
        case .chatServer: .chatServer
        case .storageServer, .dataNode, .objectStore: .storageServer
        case .coordinator: .coordinator
        case .cacheServer: .cacheServer
        case .device, .block: .device
        }
    }

    /// The process, and of a block the device in it.
    func name(_ process: UInt32, _ port: UInt32) -> String {
        let role = processTable.role(of: process)
        let name = ProcessNames.name(of: role, names: names)
        guard case .block = role else { return name }
        return "\(name), device \(port)"
    }
}
