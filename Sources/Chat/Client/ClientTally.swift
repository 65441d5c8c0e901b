/// What devices have done, all those of an outbox together: there are too many of them for each to count. These are figures for
/// people; nothing depends on them.
public struct ClientTally: Sendable {
    var connectionsLost: UInt64 = 0
    var reconnects: UInt64 = 0
    var pollsTimedOut: UInt64 = 0
    var expiredRows: UInt64 = 0
    var markedOffline: UInt64 = 0
    var pageWalks: UInt64 = 0
    var pages: UInt64 = 0
    var pageRows: UInt64 = 0
    var pageRowsRepeated: UInt64 = 0
    var media = MediaTally()
    var statuses = StatusTally()
    /// Devices that lost an open connection, and when they came back.
    public var recovery = RecoveryTally()

    /// Reports the figures that devices of this configuration can produce.
    public func report(into metrics: inout Metrics, configuration: ClientConfiguration) {
        func record(_ name: String, _ unit: String, _ meaning: String, _ value: UInt64) {
            metrics.record(MetricDefinition(name, unit: unit, meaning), value)
        }
        record(
            "connection.lost", "attempts", "How often a device was refused or reset, or gave up waiting for a server.",
            connectionsLost)
        record(
            "connection.reconnects", "connections", "Connections that a device opened after it had failed to.",
            reconnects)
        if configuration.connection.isPolled {
            record(
                "connection.polls_timed_out", "requests",
                "Requests for rows that a device repeated because no answer came.",
                pollsTimedOut)
        }
        if configuration.isRetentionLimited {
            record(
                "offline.expired_rows", "rows", "Rows that a device never got because they were no longer kept for it.",
                expiredRows)
        }
        if configuration.presence?.marksOfflineOnFailure == true {
            record(
                "presence.marked_offline_on_failure", "changes",
                "Users whom a device showed as offline because a message could not reach them.", markedOffline)
        }
        if configuration.presence?.keepsStatuses == false { statuses.report(into: &metrics) }
        if configuration.media != nil { media.report(into: &metrics) }
        guard configuration.pages != nil else { return }
        record("pages.walks", "walks", "How often a device began to read of the past.", pageWalks)
        record("pages.fetched", "pages", "Pages that devices fetched.", pages)
        record("pages.rows", "rows", "Rows of those pages.", pageRows)
        record("pages.repeated_rows", "rows", "Rows that the device had already, from a page before.", pageRowsRepeated)
    }
}
