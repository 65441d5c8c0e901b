internal import Language

/// How devices and chat servers keep in touch.
public struct ConnectionModel: Hashable, Sendable {
    /// Who speaks first.
    public enum Model: Hashable, Sendable {
        /// A connection stays open.
        case websocket
        /// The chat server holds a device's request until it has something for it.
        case longPoll(holdNanoseconds: UInt64)
        /// A device asks again and again.
        case poll(periodNanoseconds: UInt64)
    }

    /// Who speaks first.
    public let model: Model
    /// How long an answer may be under way, in nanoseconds.
    public let answerTimeoutNanoseconds: UInt64
    /// By how long a device's next request may be late before it counts as gone, in nanoseconds.
    public let graceNanoseconds: UInt64
    /// The bytes of HTTP headers.
    public let headerBytes: UInt64
}

/// What may be written as the model.
private enum ModelName {
    case websocket, longPoll, poll
}

extension ValueKind where Value == ConnectionModel {
    /// The section `system.connection`.
    static var connection: ValueKind {
        .section { reader in
            let name = reader.optional(
                "model",
                .choice([("websocket", ModelName.websocket), ("long_poll", .longPoll), ("poll", .poll)]),
                default: "websocket",
                "`websocket`: a connection stays open; `long_poll`: the server holds a device's request until it has something; "
                    + "`poll`: a device asks again and again.")
            let time = ValueKind<UInt64>.duration(1_000_000...86_400_000_000_000)
            let hold = reader.optional(
                "hold", time, default: "30s",
                "How long a server holds a request of a device before it answers with nothing.")
            let period = reader.optional(
                "period", time, default: "5s", "How long a device waits after an answer before it asks again.")
            let timeout = reader.optional(
                "answer_timeout", time, default: "5s",
                "How long an answer may be under way, beyond `hold`, before the device asks again.")
            let grace = reader.optional(
                "grace", time, default: "15s",
                "By how long a request may be late, beyond `hold` or `period`, before either side takes the other for gone."
            )
            let headers = reader.optional(
                "headers", .size(8...65_536), default: "800B",
                "The HTTP headers of every request of a device and of every answer to it (700 to 900 bytes are usual).")
            if name != .longPoll {
                reader.rejectIfGiven("hold", because: "only with `model: long_poll` does a server hold a request")
            }
            if name != .poll {
                reader.rejectIfGiven("period", because: "only with `model: poll` does a device ask at intervals")
            }
            if name == .websocket {
                for key in ["answer_timeout", "grace", "headers"] {
                    reader.rejectIfGiven(key, because: "a connection that stays open carries frames, not requests")
                }
            }
            if grace <= timeout {
                reader.report(
                    "grace", "`grace` must be longer than `answer_timeout`, so that a device can ask again in time")
            }
            let model: ConnectionModel.Model =
                switch name {
                case .websocket: .websocket
                case .longPoll: .longPoll(holdNanoseconds: hold)
                case .poll: .poll(periodNanoseconds: period)
                }
            return ConnectionModel(
                model: model, answerTimeoutNanoseconds: timeout, graceNanoseconds: grace, headerBytes: headers)
        }
    }
}
