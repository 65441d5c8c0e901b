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
            case .message(let message):
                "\(MessageText(names: names).words(of: message)) from \(name(event.source, event.sourcePort)) arrives at \(target)"
            case .timer(let token): "timer \(token.kind) of \(target)"
            case .other(let words): "\(target): \(words)"
            }
        return "\(TimeText.microseconds(event.timeNanoseconds)) \(what)"
            + " (number \(event.ordinal) of its source; then \(handled.digestAfter.hexadecimal))"
    }

    private func name(_ process: UInt32, _ port: UInt32) -> String {
        let role = processTable.role(of: process)
        let name = ProcessNames.name(of: role, names: names)
        guard case .block = role else { return name }
        return "\(name), device \(port)"
    }
}
