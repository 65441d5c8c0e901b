import ArgumentParser
import Experiment
import Reporting

/// The line on standard error that tells how far a run has got, if that is a terminal.
struct ProgressDisplay {
    private let isShown: Bool
    /// When it was shown last: of the building of a world or of its run, each with its own beginning.
    private var lastShownSeconds = 0.0
    private var isRunning = false
    private var hasText = false

    init(isShown: Bool) {
        self.isShown = isShown && StandardError.isTerminal
    }

    /// Shows how far the building of a world has got, now and then.
    ///
    /// - Returns: Whether it is to go on: whether nobody has interrupted it.
    mutating func show(_ progress: Experiment.BuildingProgress, elapsedSeconds: Double) -> Bool {
        if isDue(elapsedSeconds, isRunning: false) {
            StandardError.write(
                ProgressLine.text(
                    processesBuilt: progress.processCount, of: progress.processTotal,
                    connectionsOpen: progress.connectionCount, of: progress.connectionTotal, share: progress.share,
                    elapsedSeconds: elapsedSeconds))
        }
        return !Interrupt.isRequested
    }

    /// Shows how far a run has got, now and then.
    ///
    /// - Returns: Whether the run is to go on: whether nobody has interrupted it.
    mutating func show(_ progress: Experiment.Progress, elapsedSeconds: Double) -> Bool {
        if isDue(elapsedSeconds, isRunning: true) {
            StandardError.write(
                ProgressLine.text(
                    simulatedSeconds: Double(progress.simulatedNanoseconds) / 1e9,
                    durationSeconds: Double(progress.durationNanoseconds) / 1e9, events: progress.eventCount,
                    elapsedSeconds: elapsedSeconds))
        }
        return !Interrupt.isRequested
    }

    /// Removes the line, if there is one.
    mutating func clear() {
        if hasText { StandardError.write(ProgressLine.clear) }
        hasText = false
    }

    private mutating func isDue(_ elapsedSeconds: Double, isRunning: Bool) -> Bool {
        guard isShown else { return false }
        if isRunning != self.isRunning { (self.isRunning, lastShownSeconds) = (isRunning, 0) }
        guard elapsedSeconds - lastShownSeconds > 0.2 else { return false }
        lastShownSeconds = elapsedSeconds
        hasText = true
        return true
    }
}

extension Experiment.BuildingStopped {
    /// Says on standard error how far the building of the world had got when the user wanted an end.
    func exit() -> ExitCode {
        let built = ProgressLine.built(
            progress.processCount, of: progress.processTotal, progress.connectionCount, of: progress.connectionTotal,
            share: progress.share)
        StandardError.write("interrupted while the world was built: \(built); nothing was run\n")
        return ExitCode(130)
    }
}
