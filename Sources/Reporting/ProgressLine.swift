/// One line that tells how far a long run has got.
public enum ProgressLine {
    /// The line, to be written over itself again and again: virtual time, share, events per second, time left.
    public static func text(
        simulatedSeconds: Double, durationSeconds: Double, events: UInt64, elapsedSeconds: Double
    ) -> String {
        let share = durationSeconds > 0 ? min(1, simulatedSeconds / durationSeconds) : 1
        let rate = elapsedSeconds > 0 ? Double(events) / elapsedSeconds : 0
        let left = share > 0 ? NumberText.span(seconds: elapsedSeconds / share * (1 - share)) : "?"
        return "\r\u{1B}[K\(NumberText.decimal(simulatedSeconds, decimals: 1)) s of "
            + "\(NumberText.decimal(durationSeconds, decimals: 1)) s (\(NumberText.decimal(share * 100, decimals: 0)) %), "
            + "\(NumberText.grouped(UInt64(rate))) events/s, \(left) left"
    }

    /// The line for the building of a large world, before its run: processes, connections, time left.
    public static func text(
        processesBuilt: UInt64, of processes: UInt64, connectionsOpen: UInt64, of connections: UInt64, share: Double,
        elapsedSeconds: Double
    ) -> String {
        let left = share > 0 ? NumberText.span(seconds: elapsedSeconds / share * (1 - share)) : "?"
        return "\r\u{1B}[Kbuilding: "
            + built(processesBuilt, of: processes, connectionsOpen, of: connections, share: share) + ", \(left) left"
    }

    /// How far the building of a world has got.
    public static func built(
        _ processesBuilt: UInt64, of processes: UInt64, _ connectionsOpen: UInt64, of connections: UInt64,
        share: Double
    ) -> String {
        let parts = [("processes", processesBuilt, processes), ("connections", connectionsOpen, connections)]
        return "\(NumberText.decimal(share * 100, decimals: 0)) %, "
            + parts.filter { $0.2 > 0 }
            .map { "\(NumberText.grouped($0.1)) of \(NumberText.grouped($0.2)) \($0.0)" }.joined(separator: ", ")
    }

    /// The line for work on a number of files.
    public static func text(done: Int, of count: Int) -> String {
        "\r\u{1B}[K\(done) of \(count) files"
    }

    /// The line for a search over seeds, of which an earlier search has run some.
    public static func text(
        seeds: UInt64, known: UInt64, of count: UInt64, failed: UInt64, elapsedSeconds: Double
    ) -> String {
        let rate = elapsedSeconds > 0 ? Double(seeds - known) / elapsedSeconds : 0
        let left = rate > 0 ? NumberText.span(seconds: Double(count - seeds) / rate) : "?"
        return "\r\u{1B}[K\(NumberText.grouped(seeds)) of \(NumberText.grouped(count)) seeds, "
            + "\(NumberText.grouped(failed)) failed, \(NumberText.grouped(UInt64(rate))) seeds/s, \(left) left"
    }

    /// The line for making a scenario smaller: it is made of so many parts still.
    public static func text(runs: Int, parts: Int, elapsedSeconds: Double) -> String {
        "\r\u{1B}[K\(NumberText.grouped(UInt64(parts))) parts are left after \(NumberText.grouped(UInt64(runs))) runs, "
            + NumberText.span(seconds: elapsedSeconds)
    }

    /// The line for rounds over some worlds, of which the first warms up.
    public static func text(round: Int, worldsDone: Int, worldCount: Int) -> String {
        "\r\u{1B}[K\(round == 0 ? "warming up" : "round \(round)"): \(worldsDone) of \(worldCount) worlds"
    }

    /// What removes the line.
    public static let clear = "\r\u{1B}[K"
}
