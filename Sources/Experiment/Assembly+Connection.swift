internal import Chat
internal import Scenario

extension Assembly {
    /// How devices and chat servers keep in touch.
    static func connection(_ model: ConnectionModel) -> ConnectionConfiguration {
        switch model.model {
        case .websocket: .websocket
        case .longPoll(let hold): polled(.longPoll(holdNanoseconds: hold), model)
        case .poll(let period): polled(.poll(periodNanoseconds: period), model)
        }
    }

    /// How often a device shows that it is alive, and after how long in silence either side gives the other up: requests for rows
    /// do what heartbeats do elsewhere.
    static func signsOfLife(_ system: SystemModel) -> (periodNanoseconds: UInt64, timeoutNanoseconds: UInt64) {
        let connection = system.connection
        return switch connection.model {
        case .websocket: (system.heartbeatPeriodNanoseconds, system.heartbeatTimeoutNanoseconds)
        case .longPoll(let hold): (connection.graceNanoseconds, hold + connection.graceNanoseconds)
        case .poll(let period): (connection.graceNanoseconds, period + connection.graceNanoseconds)
        }
    }

    private static func polled(
        _ model: ConnectionConfiguration.Model, _ section: ConnectionModel
    ) -> ConnectionConfiguration {
        ConnectionConfiguration(
            model: model, answerTimeoutNanoseconds: section.answerTimeoutNanoseconds,
            headerBytes: UInt32(section.headerBytes))
    }
}
