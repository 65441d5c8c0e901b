/// A kind of fault that may be drawn at random. The numbers are part of what makes a schedule repeatable: they are never given to another kind.
public enum RandomFaultKind: UInt32, CaseIterable, Sendable {
    case crash = 0
    case tornWrite
    case lostWrites
    case pause
    case slow
    case clock
    case slowDisk
    case fullDisk
    case corrupt
    case zoneLoss
    case reconnectStorm
    case partition
    case halfOpen
    case loss
    case delay
    case clog
    case duplicate
    case reorder

    /// The name, as scenario files have it.
    public var name: String {
        switch self {
        case .crash: "crash"
        case .tornWrite: "torn_write"
        case .lostWrites: "lost_writes"
        case .pause: "pause"
        case .slow: "slow"
        case .clock: "clock"
        case .slowDisk: "slow_disk"
        case .fullDisk: "full_disk"
        case .corrupt: "corrupt"
        case .zoneLoss: "zone_loss"
        case .reconnectStorm: "reconnect_storm"
        case .partition: "partition"
        case .halfOpen: "half_open"
        case .loss: "loss"
        case .delay: "delay"
        case .clog: "clog"
        case .duplicate: "duplicate"
        case .reorder: "reorder"
        }
    }

    /// What it is, in a sentence.
    var meaning: String {
        switch self {
        case .crash: "A server loses its memory, and comes back."
        case .tornWrite: "The same of a server with a log, in the middle of a write."
        case .lostWrites: "The same, and what was synced in up to a second before is lost; only without a budget."
        case .pause: "A server stands still."
        case .slow: "On a server everything costs 2 to 1000 times as much."
        case .clock: "The clock of a server is set forward or back by up to two seconds; it stays so."
        case .slowDisk: "The disk of a server takes 10 to 1000 times as long."
        case .fullDisk: "The disk of a server has no room."
        case .corrupt: "A block goes bad on a data node, or, without a budget, on a storage server."
        case .zoneLoss: "A zone loses its power or its network."
        case .reconnectStorm: "A chat server loses all its connections."
        case .partition: "Nothing passes between two sides, both ways or one way."
        case .halfOpen:
            "The same between devices and a chat server, and only one side notices that their connections are gone."
        case .loss: "Between two sides 1 % to 50 % of the messages are lost."
        case .delay: "Between two sides messages take up to 500 ms longer."
        case .clog: "Messages between two sides are held."
        case .duplicate: "Between two sides 5 % to 100 % of the requests arrive twice."
        case .reorder: "Between two sides 5 % to 100 % of the requests go another way."
        }
    }

    /// The mean time between two, if the scenario does not say.
    var usualGap: String {
        switch self {
        case .crash, .pause, .partition, .loss, .delay, .clog, .duplicate, .reorder: "6s"
        case .tornWrite, .slow, .slowDisk, .fullDisk, .halfOpen, .reconnectStorm, .clock: "10s"
        case .lostWrites, .corrupt, .zoneLoss: "20s"
        }
    }

    /// How long one lasts, if the scenario does not say; nothing for what happens at once.
    var usualLength: String? {
        switch self {
        case .clock, .corrupt, .reconnectStorm: nil
        case .pause, .clog: "{ uniform: { from: 50ms, to: 1s } }"
        case .crash, .tornWrite, .lostWrites, .fullDisk, .zoneLoss: "{ uniform: { from: 200ms, to: 2s } }"
        case .slow, .slowDisk, .partition, .halfOpen, .loss, .delay, .duplicate, .reorder:
            "{ uniform: { from: 200ms, to: 3s } }"
        }
    }

    /// Why a system cannot suffer it; nothing if it can.
    func obstacle(in system: SystemModel, isRecoverable: Bool) -> String? {
        switch self {
        case .lostWrites: isRecoverable ? "what is lost on a disk is not recoverable; give `budget: none`" : nil
        case .corrupt:
            isRecoverable && system.reedSolomon.map { $0.parityCount < 2 } ?? true
                ? "only fragments of files are recoverable, with `m` of at least 2; give `reed_solomon`, or `budget: none`"
                : nil
        case .zoneLoss: system.zoneCount < 2 ? "there is one zone; give `system.zones`" : nil
        case .reconnectStorm, .halfOpen:
            system.connection.model == .websocket ? nil : "no connection of a device stays open"
        case .crash, .tornWrite, .pause, .slow, .clock, .slowDisk, .fullDisk, .partition, .loss, .delay, .clog,
            .duplicate, .reorder:
            nil
        }
    }
}
