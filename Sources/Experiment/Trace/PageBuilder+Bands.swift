internal import Reporting
internal import Simulation
internal import World

extension PageBuilder {
    /// The times in which something is wrong with the processes of the page.
    func bands(_ configuration: WorldConfiguration, end: UInt64) -> [TracePage.Band] {
        let table = recording.processTable
        var bands: [TracePage.Band] = []
        func add(_ processes: [UInt32], _ time: Range<UInt64>, _ kind: TracePage.Band.Kind, _ text: String) {
            let columns = processes.compactMap { columnOf[$0] }
            guard !columns.isEmpty, time.lowerBound < end else { return }
            // What strikes both ways is two faults, and one band.
            if let last = bands.last, last.processes == columns, last.startNanoseconds == time.lowerBound,
                last.kind == kind, last.text == text
            {
                return
            }
            bands.append(
                TracePage.Band(
                    processes: columns, startNanoseconds: time.lowerBound,
                    endNanoseconds: min(max(time.lowerBound, time.upperBound), end), kind: kind, text: text))
        }
        for crash in configuration.crashes {
            add(
                [table.process(of: crash.server)], crash.timeNanoseconds..<(crash.restartNanoseconds ?? end), .crash,
                "down")
        }
        for fault in configuration.hostFaults {
            guard let (until, text) = fault.kind.span else { continue }
            let time = fault.timeNanoseconds..<max(until, fault.timeNanoseconds)
            add([table.process(of: fault.server)], time, .machine, text)
        }
        for fault in configuration.linkFaults {
            let ranges = (fault.sources + fault.targets).map(table.processes(at:))
            let struck = processes.filter { process in ranges.contains { $0.contains(process) } }
            add(struck, fault.startNanoseconds..<fault.endNanoseconds, .network, fault.effect.name)
        }
        return bands
    }
}

extension HostFault.Kind {
    /// Until when it lasts, in nanoseconds, and what it is; nothing of what is over at once.
    var span: (untilNanoseconds: UInt64, name: String)? {
        switch self {
        case .pause(let end): (end, "stands still")
        case .slow(let end, _): (end, "slow")
        case .slowDisk(let end, _): (end, "slow disk")
        case .fullDisk(let end): (end, "full disk")
        case .clockSet, .cachedWrites, .corruption: nil
        }
    }
}

extension LinkFault.Effect {
    /// What it is, in a word.
    var name: String {
        switch self {
        case .loss(let probability):
            probability == Probability(partsPerBillion: 1_000_000_000) ? "partition" : "loss"
        case .delay: "delay"
        case .hold: "clog"
        case .duplicate: "duplicates"
        case .detour: "reordering"
        }
    }
}
