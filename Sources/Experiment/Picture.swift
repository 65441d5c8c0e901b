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
        order = (0..<processTable.count).map { (ProcessNames.side(of: processTable.role(of: $0)), $0) }.sorted(by: <)
            .map(\.1)
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
        let words = EntryText(names: names, processTable: processTable)
        let time = entry.timeNanoseconds
        switch entry.kind {
        case .message(let message, let source, _, _):
            guard let text = text(of: message) else { return nil }
            return row(time, entry.process, from: source, text, .normal)
        case .lost(let message, let target, _):
            guard let text = text(of: message) else { return nil }
            return row(time, entry.process, from: nil, words.lost(text, on: target), .fault)
        case .dropped: return nil
        case .restart: return words.words(of: entry).flatMap { row(time, entry.process, from: nil, $0, .normal) }
        case .crash, .fault, .connectionsBroken:
            return words.words(of: entry).flatMap { row(time, entry.process, from: nil, $0, .fault) }
        }
    }

    private func row(_ observation: Observation) -> SpaceTimeTable.Row? {
        let words = ObservationText(names: names)
        guard let process = processTable.process(ofListed: observation.device),
            let text = words.ofDevice(observation)
        else { return nil }
        let emphasis: SpaceTimeTable.Row.Emphasis =
            switch observation.kind {
            case .displayed, .recentRead, .statusShown, .mediaFetched: .shown
            case .failed, .expired: .fault
            default: .normal
            }
        return row(observation.timeNanoseconds, process, from: nil, text, emphasis)
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
