import Foundation
import Synchronization

/// Notes that the user pressed Ctrl-C, so that a run ends in good order and says how far it got. A second time ends it at once.
enum Interrupt {
    private static let wasRequested = Atomic<Bool>(false)

    /// Begins to watch.
    static func watch() {
        signal(SIGINT) { _ in
            if Interrupt.wasRequested.exchange(true, ordering: .relaxed) { _exit(130) }
        }
        // Whoever started the program may have blocked the signal, as dispatch threads do, and it would inherit that.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Whether the user wants an end.
    static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }
}
