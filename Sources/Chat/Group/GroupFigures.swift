/// What a chat server counts of groups for its report. It is no part of the system: nobody reads it but the report.
struct GroupFigures: Hashable, Sendable {
    var messages: UInt64 = 0
    var deliveries: UInt64 = 0
    var fanOutGreatest: UInt64 = 0
    var membershipChanges: UInt64 = 0
    var retries: UInt64 = 0

    func report(into metrics: inout Metrics) {
        metrics.record(
            MetricDefinition(
                "groups.messages", unit: "messages",
                "Messages and changes of the membership that got a place in a thread."),
            messages)
        metrics.record(
            MetricDefinition(
                "groups.deliveries", unit: "copies", "Copies of them that the chat servers of members took."),
            deliveries)
        metrics.record(
            MetricDefinition(
                "groups.fan_out_greatest", unit: "members", combination: .greatest,
                "The most members that one of them went to."), fanOutGreatest)
        metrics.record(
            MetricDefinition(
                "groups.membership_changes", unit: "changes", "Users who became members, or were no longer."),
            membershipChanges)
        metrics.record(
            MetricDefinition(
                "groups.retries", unit: "requests",
                "Requests about threads to a chat server or the storage that were repeated."), retries)
    }
}
