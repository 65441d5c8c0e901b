public import Chat

/// Something that happened between or in processes, for those who want to see a run.
public struct TraceEntry: Hashable, Sendable {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// A message was sent by `source`; it arrives at ``TraceEntry/process`` at the entry's time.
        case message(WireMessage, source: UInt32, sourcePort: UInt32, sentNanoseconds: UInt64)
        /// A message from ``TraceEntry/process`` to `target` was lost on the way.
        case lost(WireMessage, target: UInt32, targetPort: UInt32)
        /// A message, a timer or the end of a sync found the process down, or died with it.
        case dropped
        /// The process crashed.
        case crash
        /// The process is back.
        case restart
        /// Connections of the process broke.
        case connectionsBroken
        /// The machine begins to limp, or its clock is set.
        case fault(HostFault.Kind)
    }

    /// When, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// The process that it happened to.
    public let process: UInt32
    /// The endpoint inside the process.
    public let port: UInt32
    /// What.
    public let kind: Kind

    init(timeNanoseconds: UInt64, process: UInt32, port: UInt32 = 0, kind: Kind) {
        self.timeNanoseconds = timeNanoseconds
        self.process = process
        self.port = port
        self.kind = kind
    }
}
