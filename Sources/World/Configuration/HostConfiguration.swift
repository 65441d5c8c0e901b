internal import Chat
public import Simulation

/// A machine: its cores, what handling costs on them, and the disk of its log.
public struct HostConfiguration: Hashable, Sendable {
    /// The number of cores, 1 to 1024.
    public let cores: Int
    /// What handling a message costs, in nanoseconds on one core.
    public let messageNanoseconds: UInt64
    /// What opening a connection costs, in nanoseconds on one core.
    public let connectionNanoseconds: UInt64
    /// How long a sync of the log takes, in nanoseconds.
    public let logSyncNanoseconds: Distribution
    /// How fast its disk reads and writes files, in bytes per second; zero for no limit.
    public let diskBytesPerSecond: UInt64
    /// What handling an event of each number costs, in nanoseconds on one core, if some kind has a cost of its own. All machines of a tier
    /// share it.
    private let kindNanoseconds: [UInt64]?

    /// Describes a machine.
    ///
    /// - Parameter kindNanoseconds: What handling some kinds costs in place of the above, in nanoseconds on one core. Timers and the word that
    ///   the disk is done cost nothing unless they are among them.
    public init(
        cores: Int, messageNanoseconds: UInt64, connectionNanoseconds: UInt64, logSyncNanoseconds: Distribution,
        diskBytesPerSecond: UInt64 = 0, kindNanoseconds: [HandledKind: UInt64] = [:]
    ) {
        self.cores = cores
        self.messageNanoseconds = messageNanoseconds
        self.connectionNanoseconds = connectionNanoseconds
        self.logSyncNanoseconds = logSyncNanoseconds
        self.diskBytesPerSecond = diskBytesPerSecond
        guard !kindNanoseconds.isEmpty else {
            self.kindNanoseconds = nil
            return
        }
        let byNumber = Dictionary(uniqueKeysWithValues: kindNanoseconds.map { ($0.number, $1) })
        self.kindNanoseconds = (0...HandledKind.eventKindMax).map { kind in
            HandledKind.number(ofEventKind: kind).flatMap { byNumber[$0] }
                ?? Self.usualNanoseconds(ofKind: kind, message: messageNanoseconds, connection: connectionNanoseconds)
        }
    }

    /// What handling an event costs, in nanoseconds on one core.
    func costNanoseconds(ofKind kind: UInt16) -> UInt64 {
        if let kindNanoseconds { return kindNanoseconds[Int(kind)] }
        return Self.usualNanoseconds(ofKind: kind, message: messageNanoseconds, connection: connectionNanoseconds)
    }

    /// What it costs where no kind has a cost of its own.
    private static func usualNanoseconds(ofKind kind: UInt16, message: UInt64, connection: UInt64) -> UInt64 {
        if Payload.isOpening(kind: kind) { return connection }
        return EventKind.isMessage(kind) ? message : 0
    }
}
