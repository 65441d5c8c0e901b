internal import Chat
internal import Invariants
internal import Reporting
internal import Scenario
internal import World

/// Draws what happened between the processes of a small run.
struct Picture {
    private let names: ScenarioNames
    private let processTable: ProcessTable
    private let showsEverything: Bool
    /// The processes from left to right.
    private let order: [UInt32]
    private let columnOf: [UInt32: Int]

    init(_ scenario: Scenario, names: ScenarioNames, processTable: ProcessTable, showsEverything: Bool) {
        self.names = names
        self.processTable = processTable
        self.showsEverything = showsEverything
        // The first user's devices to the left of the servers, everyone else's to the right: then messages cross the picture.
        var left: [UInt32] = []
        var servers: [UInt32] = []
        var right: [UInt32] = []
        for process in 0..<processTable.count {
            switch processTable.role(of: process) {
            case .device(let device) where device.user.rawValue == 0: left.append(process)
            case .device, .block: right.append(process)
            case .loadBalancer, .chatServer, .storageServer, .coordinator, .dataNode, .cacheServer, .objectStore:
                servers.append(process)
            }
        }
        order = left + servers + right
        columnOf = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })
    }

    func table(trace: [TraceEntry], observations: [Observation]) -> SpaceTimeTable {
        var rows: [(time: UInt64, rank: Int, row: SpaceTimeTable.Row)] = []
        for entry in trace {
            guard let row = row(entry) else { continue }
            rows.append((entry.timeNanoseconds, 0, row))
        }
        for observation in observations {
            guard let row = row(observation) else { continue }
            rows.append((observation.timeNanoseconds, 1, row))
        }
        let sorted = rows.enumerated().sorted {
            ($0.element.time, $0.element.rank, $0.offset) < ($1.element.time, $1.element.rank, $1.offset)
        }
        return SpaceTimeTable(
            columns: order.map { ProcessNames.name(of: processTable.role(of: $0), names: names) },
            rows: sorted.map(\.element.row))
    }

    private func row(_ entry: TraceEntry) -> SpaceTimeTable.Row? {
        switch entry.kind {
        case .message(let message, let source, _, _):
            guard let text = text(of: message) else { return nil }
            return row(entry.timeNanoseconds, entry.process, from: source, text, .normal)
        case .lost(let message, let target, _):
            guard let text = text(of: message) else { return nil }
            let name = ProcessNames.name(of: processTable.role(of: target), names: names)
            return row(entry.timeNanoseconds, entry.process, from: nil, "lost on the way to \(name): \(text)", .fault)
        case .dropped: return nil
        case .crash: return row(entry.timeNanoseconds, entry.process, from: nil, "crashes", .fault)
        case .restart: return row(entry.timeNanoseconds, entry.process, from: nil, "restarts", .normal)
        case .connectionsBroken:
            return row(entry.timeNanoseconds, entry.process, from: nil, "connections break", .fault)
        case .fault(let kind): return row(entry.timeNanoseconds, entry.process, from: nil, text(of: kind), .fault)
        }
    }

    private func text(of fault: HostFault.Kind) -> String {
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

    private func row(_ observation: Observation) -> SpaceTimeTable.Row? {
        let message = names.name(of: observation.message)
        let process = processTable.process(ofListed: observation.device)
        func row(_ text: String, _ emphasis: SpaceTimeTable.Row.Emphasis) -> SpaceTimeTable.Row? {
            process.flatMap { self.row(observation.timeNanoseconds, $0, from: nil, text, emphasis) }
        }
        switch observation.kind {
        case .sent: return row("sends \(message)", .normal)
        case .displayed:
            let number = observation.sequence > 0 ? " as #\(observation.sequence)" : ""
            return row("shows \(message)\(number)", .shown)
        case .acknowledged: return row("\(message) is acknowledged", .normal)
        case .failed: return row("gives up \(message)", .fault)
        case .expired: return row("misses what is not kept, up to #\(observation.sequence)", .fault)
        case .connected: return row("online", .normal)
        case .recentAsked: return row("wants to see what is recent", .normal)
        case .recentRead: return row("has read what is recent", .shown)
        case .disconnected: return row("offline", .normal)
        case .statusShown:
            guard let status = observation.shownStatus, status.source != .assumed else { return nil }
            let name = names.name(of: observation.counterpart)
            return row("shows \(name) as \(status.isOnline ? "online" : "offline")", .shown)
        case .assigned, .logged, .stored, .duplicateSuppressed, .held, .placed, .memberSince, .memberUpTo,
            .heldForThread, .connectionsAtLimit, .ownerTook, .ownerWrote,
            .failedLogged, .shardMoved, .readable, .shardCopy, .cameOnline, .wentOffline, .statusHidden,
            .cacheConfirmed, .recentMessage, .recentConversation, .mediaHeld:
            return nil
        case .messageWalkBegan, .conversationWalkBegan: return row("begins to read", .normal)
        case .pageRow: return row("reads \(message)", .normal)
        case .pageWalkEnded: return row("has read", .normal)
        case .mediaFetched: return row("has the media of \(message)", .shown)
        }
    }

    private func row(
        _ time: UInt64, _ process: UInt32, from source: UInt32?, _ text: String,
        _ emphasis: SpaceTimeTable.Row.Emphasis
    ) -> SpaceTimeTable.Row? {
        guard let column = columnOf[process] else { return nil }
        return SpaceTimeTable.Row(
            time: TimeText.microseconds(time), column: column, fromColumn: source.flatMap { columnOf[$0] }, text: text,
            emphasis: emphasis)
    }

    /// What a message says; nothing if it is not drawn.
    private func text(of message: WireMessage) -> String? {
        let words = MessageText(names: names)
        return words.text(of: message) ?? (showsEverything ? words.connecting(message) : nil)
    }
}
