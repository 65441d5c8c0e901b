/// The observations of one partition that may be handed out, in no particular order: those of one window, while those of the next are added by
/// another thread. The two lists are what keeps them apart; accesses are not checked while the program runs, since there are some for each partition
/// and window.
final class FinishedObservations: @unchecked Sendable {
    @exclusivity(unchecked) private var even: [ObservationBuffer.Entry] = []
    @exclusivity(unchecked) private var odd: [ObservationBuffer.Entry] = []

    /// Whether there are none of a window.
    func isEmpty(ofWindow window: Int) -> Bool { window % 2 == 0 ? even.isEmpty : odd.isEmpty }

    /// Lends the observations of a window. One thread at a time may have those of a window of even number, and one those of odd number.
    func withEntries(of window: Int, _ body: (inout [ObservationBuffer.Entry]) -> Void) {
        if window % 2 == 0 { body(&even) } else { body(&odd) }
    }
}
