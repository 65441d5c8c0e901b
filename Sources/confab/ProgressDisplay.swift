import Experiment
import Reporting

/// The line on standard error that tells how far a run has got, if that is a terminal.
struct ProgressDisplay {
    private let isShown: Bool
    private var lastShownSeconds = 0.0

    init(isShown: Bool) {
        self.isShown = isShown && StandardError.isTerminal
    }

    /// Shows how far a run has got, now and then.
    ///
    /// - Returns: Whether the run is to go on: whether nobody has interrupted it.
    mutating func show(_ progress: Experiment.Progress, elapsedSeconds: Double) -> Bool {
        if isShown, elapsedSeconds - lastShownSeconds > 0.2 {
            lastShownSeconds = elapsedSeconds
            StandardError.write(
                ProgressLine.text(
                    simulatedSeconds: Double(progress.simulatedNanoseconds) / 1e9,
                    durationSeconds: Double(progress.durationNanoseconds) / 1e9, events: progress.eventCount,
                    elapsedSeconds: elapsedSeconds))
        }
        return !Interrupt.isRequested
    }

    /// Removes the line.
    func clear() {
        if lastShownSeconds > 0 { StandardError.write(ProgressLine.clear) }
    }
}
