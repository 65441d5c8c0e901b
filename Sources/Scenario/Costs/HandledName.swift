/// Something that the servers of a tier handle, by its name: a kind of message, a timer, or the word that the disk is done; and what a system
/// must have so that it ever happens.
struct HandledName {
    let name: String
    let need: Need

    /// What a system must have.
    enum Need {
        case nothing
        case severalChatServers, heartbeats, websocket, polls, pages, recent, cache, noCache
        case presence, presenceAcross, groups, groupsAcross, movingShards, copies, fragments
        case failover, noFailover, otherServers, serverLog

        /// Whether a scenario has it.
        func isMet(by scenario: Scenario) -> Bool {
            let system = scenario.system
            return switch self {
            case .nothing: true
            case .severalChatServers: system.chatServers.count > 1
            case .heartbeats: system.connection.model == .websocket && system.sendsHeartbeats
            case .websocket: system.connection.model == .websocket
            case .polls: system.connection.model != .websocket
            case .pages: scenario.script.contains { if case .read = $0.action { true } else { false } }
            case .recent: scenario.script.contains { $0.action == .readRecent }
            case .cache: system.cache != nil
            case .noCache: system.cache == nil
            case .presence: system.presence.isOn
            case .presenceAcross: system.presence.isOn && system.chatServers.count > 1
            case .groups: !scenario.groups.isEmpty
            case .groupsAcross: !scenario.groups.isEmpty && system.chatServers.count > 1
            case .movingShards: system.hasCoordinator
            case .copies: system.hasCoordinator && system.storage.count > 1
            case .fragments: system.reedSolomon != nil
            case .failover: system.balancing.healthChecks != nil
            case .noFailover: system.balancing.healthChecks == nil
            case .otherServers: system.balancing.healthChecks != nil && system.balancing.law != .modulo
            case .serverLog: system.chatServersLog
            }
        }

        /// Why nothing of the sort happens in a scenario that has it not.
        var reason: String {
            switch self {
            case .nothing: ""
            case .severalChatServers: "there is one chat server, which has nobody to say it to"
            case .heartbeats: "devices send no heartbeats"
            case .websocket: "devices ask for rows with polls"
            case .polls: "devices ask for rows with polls only with `connection.model: long_poll` or `poll`"
            case .pages: "no step fetches pages"
            case .recent: "no step reads what is recent"
            case .cache: "there are no cache servers"
            case .noCache: "the cache servers ask the storage"
            case .presence: "`presence.scheme` is off"
            case .presenceAcross: "it takes `presence.scheme`, and several chat servers"
            case .groups: "there are no groups"
            case .groupsAcross: "it takes groups, and several chat servers"
            case .movingShards, .copies: "logical shards stay where they are"
            case .fragments: "there are no data nodes"
            case .failover: "chat servers are not watched: `chat_servers.failover` is off"
            case .noFailover: "with `chat_servers.failover: on` mailboxes are claimed"
            case .otherServers: "no device is offered another chat server"
            case .serverLog: "the chat servers keep no log"
            }
        }
    }

    /// Everything that the servers of a tier handle.
    static func all(of tier: TierName) -> [HandledName] {
        switch tier {
        case .loadBalancer:
            of(.nothing, "resolve") + of(.otherServers, "balancing_resolve_another")
                + of(.failover, "balancing_health_answer", "balancing_membership", "timer")
        case .chatServer: chatServer
        case .storage: storage
        case .coordinator:
            of(
                .nothing, "sharding_look_up", "sharding_heartbeat", "sharding_what_is_mine", "sharding_assigned",
                "sharding_caught_up", "log_synced", "timer")
        case .dataNode: of(.nothing, "replication_store", "replication_fetch", "replication_check", "log_synced")
        case .cache:
            of(.nothing, "put", "scan", "row", "rows_end", "put_done", "timer") + of(.noFailover, "load")
                + of(.failover, "balancing_claim", "balancing_claimed", "balancing_owned") + of(.recent, "cache_recent")
        case .objectStore: of(.nothing, "media_upload", "media_download", "log_synced", "file_written")
        }
    }

    private static let chatServer =
        of(.nothing, "open", "close", "submit", "received", "put_done", "row", "rows_end", "timer")
        + of(.heartbeats, "heartbeat") + of(.websocket, "fetch") + of(.polls, "poll")
        + of(.severalChatServers, "forward", "forwarded") + of(.serverLog, "log_synced")
        + of(.pages, "pages_request")
        + of(.presence, "presence_pull") + of(.presenceAcross, "presence_query", "presence_answer", "presence_changed")
        + of(.groupsAcross, "groups_post", "groups_posted", "groups_rejected", "groups_deliver", "groups_delivered")
        + of(.groups, "tables_written", "tables_rows")
        + of(.recent, "cache_read_recent", "cache_recent_row", "cache_recent_end")
        + of(.movingShards, "sharding_moved")
        + of(
            .failover, "balancing_health_check", "balancing_membership", "balancing_claimed", "balancing_owned",
            "balancing_release", "balancing_released", "balancing_kept", "balancing_moved", "balancing_adopt",
            "balancing_adopted", "balancing_last_shown")
        + of(.otherServers, "balancing_open_another")

    private static let storage =
        of(.nothing, "put", "scan", "log_synced", "file_written", "timer")
        + of(.noFailover, "load") + of(.failover, "balancing_claim")
        + of(.groups, "groups_put", "tables_write", "tables_scan")
        + of(.fragments, "replication_stored", "replication_fetched", "replication_missing")
        + of(
            .copies, "sharding_relayed", "sharding_assignments", "sharding_assign", "sharding_bring", "sharding_probe",
            "sharding_probed", "sharding_copy", "sharding_copied", "sharding_append", "sharding_appended",
            "sharding_superseded")

    private static func of(_ need: Need, _ names: String...) -> [HandledName] {
        names.map { HandledName(name: $0, need: need) }
    }
}
