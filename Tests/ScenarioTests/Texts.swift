import Foundation
import Language

@testable import Scenario

/// Scenario texts for tests.
enum Texts {
    /// The least that is valid.
    static let least = """
        confab: 1
        name: least
        duration: 10s
        users:
          alice: { devices: [phone] }
          bob: { devices: [phone, laptop] }
        script:
          - { at: 1s, alice: { send: M1, to: bob } }

        """

    /// Every key of the language, none of them with its default.
    static let everything = """
        confab: 1
        name: everything
        description: every key of the language
        seed: 9
        duration: 1min
        settle: 7s
        system:
          zones: 2
          costs:
            chat_server: { submit: 2.1us, presence_pull: 900ns, timer: 1us }
            data_node: { log_synced: 0ns }
          load_balancers: { count: 2, cores: 3, cpu_per_request: 30us }
          chat_servers:
            count: 3
            connections_each: 1_000
            balancing: consistent
            admission: off
            cores: 4
            cpu_per_message: 70us
            cpu_per_connection: 2ms
            acknowledge: after_log
            log_sync: { exponential: { mean: 1ms, at_least: 100us } }
          sequencing: { mode: per_user_sequence, fencing: off }
          offline: { policy: notify }
          presence:
            scheme: optimised
            pull_on_start: off
            mark_offline_on_failure: off
            broadcast_delay: 3s
            viewport: { size: 10, period: 20s }
            pull_on_new_chat: off
          storage: { servers: 2, cores: 2, cpu_per_request: 60us, log_sync: { weibull: { scale: 1ms, shape: 0.5, at_least: 10us } }, replication: { copies: 2, acknowledge: primary, repair: off, detect_after: 2s, reed_solomon: { k: 3, m: 2, data_nodes: 7, seal: 2KiB, scrub: 3s, repair: off, timeout: 200ms } } }
          sharding: { partition_by: user, stale_requests: forward, catch_up: off, chunk: 64, moves_at_once: 2, step_timeout: 200ms, growth: [{ at: 20s, add_storage_servers: 1 }] }
          connection: { model: websocket }
          store_path:
            writer: dedicated
            pool: 4
            delay: 50ms
            timeout: 400ms
            retry: { first: 50ms, factor: 1.5, max: 2s, jitter: 10%, attempts: 5 }
            replay: on
            probe: 700ms
          media: { inline_max: 1KiB, object_stores: 2, cores: 2, cpu_per_request: 70us, log_sync: 2ms, disk_rate: 50MB/s, confirm: before_sync, transfers: 2, timeout: 10s, retry: { first: 2s, factor: 1.5, max: 20s, jitter: 10%, attempts: 5 } }
          heartbeat: { period: 5s, timeout: 12s }
          deduplication: { servers: on, devices: off }
          groups: { order: none, membership: unordered }
          client:
            in_flight: 2
            retry: { first: 2s, factor: 3, max: 20s, jitter: 5%, attempts: 4 }
            reconnect: { first: 1s, factor: 1.25, max: 10s, jitter: 0%, attempts: 9 }
            connect_timeout: 3s
            pages: by_offset
            page_size: { laptop: 25 }
        network:
          last_mile: { latency: { lognormal: { median: 40ms, p99: 90ms, at_least: 2ms } }, loss: 0.5%, bandwidth: 5Mbit/s }
          data_center: { latency: { uniform: { from: 100us, to: 300us } }, loss: 0.01%, bandwidth: 1GB/s }
        clocks:
          chat_server.2: { offset: -200ms, drift: 50ppm }
        users:
          alice: { devices: [phone, laptop], starts: offline }
          bob: { devices: [phone], starts: online, friends: [alice] }
        populations:
          city:
            users: 100
            devices: 2
            sends: 40/day
            message_size: { constant: 120B }
            media: { share: 10%, size: { exponential: { mean: 300kB, at_least: 10kB } } }
            friends: { lognormal: { median: 9, p99: 40 } }
            sessions: { online: { weibull: { scale: 5min, shape: 0.5 } }, offline: { constant: 20min } }
          fleet: { users: 20, gap: { weibull: { scale: 10s, shape: 3 } } }
        groups:
          team: { members: [alice, bob] }
        script:
          - { at: 1s, alice: connect }
          - { at: 2s, alice.laptop: { send: M1, to: bob, size: 2KiB } }
          - { at: 3s, bob.phone: disconnect }
          - { at: 4s, alice.phone: { open_chat: bob } }
          - { at: 4s, alice.laptop: { fetch_messages: { pages: 3, since: 1s, pause: 100ms } } }
          - { at: 5s, alice.phone: { fetch_conversation: { with: bob, pages: all, size: 30 } } }
          - { at: 4s, alice: { send: M2, to_group: team, size: 1KiB } }
          - { at: 5s, alice: { remove: bob, from_group: team } }
          - { at: 6s, alice.laptop: { add: bob, to_group: team, as: again } }
          - { at: 7s, bob: { leave: team } }
        faults:
          - { at: 3s, crash: chat_server.1, for: 2s }
          - { at: 4s, crash: storage.2 }
          - { at: 5s, for: 1s, partition: { between: [alice, bob.phone], and: "chat_server.*", way: one } }
          - { at: 6s, for: 1s, loss: { between: city, and: [load_balancer.1, storage.1], way: both, ratio: 20% } }
          - { at: 7s, pause: { servers: "chat_server.*", share: 40% }, for: 1s }
          - { at: 8s, slow: { servers: [storage.1, chat_server.2], factor: 2.5 }, for: 1s }
          - { at: 9s, clock: { servers: chat_server.2, forward: -3s } }
          - { at: 10s, for: 1s, delay: { between: "chat_server.*", and: "storage.*", by: { uniform: { from: 1ms, to: 9ms } } } }
          - { at: 11s, for: 1s, clog: { between: bob, and: chat_server.1, way: one } }
          - { at: 12s, crash: coordinator.1, for: 1s }
          - { at: 13s, crash: data_node.7 }
          - { at: 14s, crash: object_store.2, for: 1s }
          - { at: 14s, for: 1s, crash: { servers: storage.1, torn_write: on } }
          - { at: 17s, for: 1s, crash: { servers: chat_server.3, lost_writes: 1s } }
          - { at: 14s, for: 1s, slow_disk: { servers: [storage.1, data_node.2], factor: 100 } }
          - { at: 14s, for: 1s, full_disk: { servers: "chat_server.*", share: 50% } }
          - { at: 14s, corrupt: { servers: data_node.1, blocks: 2 } }
          - { at: 14s, corrupt: storage.1 }
          - { at: 15s, reconnect_storm: { servers: "chat_server.*", share: 50% } }
          - { at: 15s, for: 1s, duplicate: { between: "chat_server.*", and: "storage.*", ratio: 5%, later: 20ms } }
          - { at: 15s, for: 1s, reorder: { between: alice, and: "load_balancer.*", way: one, ratio: 5% } }
          - { at: 16s, for: 1s, partition: { between: bob, and: chat_server.1, way: half_open } }
          - { at: 16s, for: 1s, zone_loss: { zone: 2, of: network } }
          - { at: 20s, rolling_restart: { servers: "load_balancer.*", every: 5s, down: 2s } }
        random_faults:
          from: 2s
          until: 50s
          swarm: 70%
          down_at_once: 2
          budget: none
          kinds: { crash: { every: 9s, lasts: 1s }, clock: {}, lost_writes: { every: 30s } }
        expect:
          no_loss: held
          no_duplicates: any
          same_order_on_all_devices: not_exercised
          same_order_for_both_users: violated
          sequence_gap_free: held
          sender_fifo: held
          offline_complete: any
          durable_after_ack: held
          conservation: held
          group_same_set: held
          group_order: violated
          capacity_respected: held
          failed_log_drains: violated
          shard_move_lossless: held
          replicas_agree: held
          one_owner: held
          presence_settles: held
          presence_no_flap: any
          pages_complete: violated
          no_reorder_after_display: any
          cache_coherent: held
          atomic_indices: violated
          read_your_writes: not_exercised
          views: { bob.phone: [M1] }
          messages: { sent: 1, acked: 1, delivered: 1, failed: 0, duplicates_suppressed: 0 }
          metrics: { traffic.chat.last_mile.messages: { at_least: 5, at_most: 5_000 } }
          sometimes:
            - { invariant: no_duplicates, verdict: violated }
            - { metric: cache.lock_waits, at_least: 2, at_most: 9 }
            - { messages: failed, at_least: 3 }
          digest: 0123456789abcdef

        """

    /// The scenario files of the repository.
    static var files: [(name: String, text: String)] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("scenarios")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
            (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)).map { (name, $0) }
        }
    }

    /// Reads the bytes of a file.
    static func load(_ bytes: [UInt8]) -> Result<Scenario, DocumentErrors> {
        Result { () throws(DocumentErrors) in try Scenario.load(bytes: bytes, file: "f") }
    }

    /// What is wrong with a text, one line each, without the file name; empty if nothing is.
    static func errors(in text: String) -> [String] {
        guard case .failure(let errors) = load(Array(text.utf8)) else { return [] }
        return errors.diagnostics.map { "\($0.position.line):\($0.position.column) \($0.message)" }
    }
}
