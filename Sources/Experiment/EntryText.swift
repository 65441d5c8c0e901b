internal import Chat
internal import Invariants
internal import Reporting
internal import World

/// What happens to processes, and to messages that do not arrive, in a few words.
struct EntryText {
    let names: ScenarioNames
    let processTable: ProcessTable

    /// What an entry of a trace says; nothing of a message that arrives.
    func words(of entry: TraceEntry) -> String? {
        switch entry.kind {
        case .message: nil
        case .lost(let message, let target, _): lost(MessageText(names: names).words(of: message), on: target)
        case .dropped: "finds the process down"
        case .crash: "crashes"
        case .restart: "restarts"
        case .connectionsBroken: "connections break"
        case .fault(let kind): words(of: kind)
        }
    }

    /// That a message which says something does not arrive at a process.
    func lost(_ text: String, on target: UInt32) -> String {
        "lost on the way to \(ProcessNames.name(of: processTable.role(of: target), names: names)): \(text)"
    }

    private func words(of fault: HostFault.Kind) -> String {
        switch fault {
        case .pause(let end): "stands still until \(TimeText.seconds(end))"
        case .slow(let end, let thousandths):
            "takes \(NumberText.decimal(Double(thousandths) / 1000, decimals: 1)) times as long until \(TimeText.seconds(end))"
        case .clockSet(let forward):
            "clock is set \(forward < 0 ? "back" : "forward") by \(TimeText.seconds(forward.magnitude))"
        case .slowDisk(let end, let thousandths):
            "disk takes \(NumberText.decimal(Double(thousandths) / 1000, decimals: 1)) times as long until \(TimeText.seconds(end))"
        case .fullDisk(let end): "disk is full until \(TimeText.seconds(end))"
        case .cachedWrites: "disk keeps what is written in its cache"
        case .corruption(let count): "\(count) \(count == 1 ? "block goes" : "blocks go") bad"
        }
    }
}
