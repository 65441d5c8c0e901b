internal import Language

/// How devices and chat servers tell each other that they are alive.
struct HeartbeatModel {
    /// Whether devices send heartbeats.
    let isSent: Bool
    /// How often, and after how long in silence either side gives the connection up, in nanoseconds.
    let period, timeout: UInt64
}

extension ValueKind where Value == HeartbeatModel {
    /// The section `heartbeat`.
    static var heartbeat: ValueKind {
        .section { reader in
            let time = ValueKind<UInt64>.duration(10_000_000...86_400_000_000_000)
            let isSent = reader.optional(
                "sent", .onOff, default: "on",
                "Whether devices send heartbeats. Without them a device learns that its chat server is gone when it sends a message, and "
                    + "the server has the connection until then.")
            if !isSent {
                for key in ["period", "timeout"] { reader.rejectIfGiven(key, because: "no heartbeat is sent") }
            }
            let period = reader.optional("period", time, default: "10s", "How often a device tells that it is alive.")
            let timeout = reader.optional(
                "timeout", time, default: "25s", "After how long in silence either side gives the connection up.")
            if timeout <= period {
                reader.report("timeout", "the heartbeat `timeout` must be longer than its `period`")
            }
            return HeartbeatModel(isSent: isSent, period: period, timeout: timeout)
        }
    }
}
