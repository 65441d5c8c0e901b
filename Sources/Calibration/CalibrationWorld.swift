internal import Scenario

/// A small world in which servers handle something often enough to measure it. Together, the worlds exercise every tier.
struct CalibrationWorld {
    /// What is measured in it.
    let name: String
    /// The scenario.
    let text: String

    /// The world in which users do nothing but write to each other: what a message between two users takes in all is measured here.
    static func chat(size: Int) -> CalibrationWorld {
        CalibrationWorld(
            "chat", duration: 60,
            system: "chat_servers: { count: 2 }\n  storage: { servers: 2 }\n  heartbeat: { sent: off }",
            rest:
                "populations:\n  town: { users: \(max(20, 100 * size)), devices: 1, sends: 2/min, starts: connected }\n"
        )
    }

    /// All worlds.
    ///
    /// - Parameter size: How large they are; at 100 each handles some ten or hundred thousand messages.
    static func all(size: Int) -> [CalibrationWorld] {
        func town(_ usersPerSize: Int, _ rest: String) -> String {
            "populations:\n  town: { users: \(max(20, usersPerSize * size)), devices: 1, \(rest) }\n"
        }
        return [
            chat(size: size),
            CalibrationWorld(
                "connections", duration: 60,
                system: "chat_servers: { count: 2 }\n  heartbeat: { period: 10s, timeout: 25s }",
                rest: town(
                    100,
                    "sends: 4/h, sessions: { online: { exponential: { mean: 2min } }, offline: { exponential: { mean: 20s } } }"
                )),
            CalibrationWorld(
                "server logs", duration: 20,
                system:
                    "chat_servers: { count: 2, acknowledge: after_log }\n  offline: { policy: notify }\n  "
                    + "storage: { memstore: { flush_bytes: 1KiB } }",
                rest: town(
                    10,
                    "sends: 20/min, sessions: { online: { exponential: { mean: 20s } }, offline: { exponential: { mean: 5s } } }"
                )
            ),
            CalibrationWorld(
                "long polls", duration: 30,
                system: "chat_servers: { count: 2 }\n  connection: { model: long_poll, hold: 10s }",
                rest: town(10, "sends: 10/min")),
            CalibrationWorld(
                "presence", duration: 60,
                system:
                    "chat_servers: { count: 2 }\n  offline: { policy: notify }\n  heartbeat: { period: 5s, timeout: 12s }\n  "
                    + "presence: { scheme: optimised, viewport: { period: 20s } }",
                rest: town(
                    5,
                    "sends: 2/min, friends: { lognormal: { median: 50, p99: 110 } }, sessions: { online: { weibull: { scale: 20s, shape: 0.5 } }, offline: { exponential: { mean: 20s } } }"
                )),
            CalibrationWorld(
                "groups and pages", duration: 40, system: "chat_servers: { count: 4, acknowledge: after_store }",
                rest: groupsAndPages(size: size)),
            CalibrationWorld(
                "caches", duration: 30,
                system:
                    "chat_servers: { count: 2, acknowledge: after_store }\n  storage: { servers: 2 }\n  cache: { servers: 2, entries_each: \(max(4, 2 * size)) }",
                rest: town(8, "sends: 10/min") + listedUsers(10) + recentReadings(perUser: max(6, size))),
            CalibrationWorld(
                "media", duration: 30,
                system: "chat_servers: { count: 2 }\n  media: { inline_max: 64KiB, object_stores: 2 }",
                rest: town(5, "sends: 10/min, media: { share: 40%, size: { lognormal: { median: 300kB, p99: 3MB } } }")),
            CalibrationWorld(
                "shards that move", duration: 30,
                system:
                    "chat_servers: { count: 2, acknowledge: after_store }\n  storage: { servers: 4, replication: { copies: 2, detect_after: 1s } }\n  "
                    + "sharding: { moves_at_once: 16, growth: [{ at: 8s, add_storage_servers: 2 }] }",
                rest: town(4, "sends: 20/min") + "faults:\n  - { at: 14s, crash: storage.2, for: 4s }\n"),
            CalibrationWorld(
                "fragments", duration: 30,
                system:
                    "chat_servers: { count: 2, acknowledge: after_store }\n  storage:\n    servers: 2\n    replication: "
                    + "{ reed_solomon: { k: 4, m: 2, data_nodes: 10, seal: 2KiB, scrub: 1s, timeout: 100ms } }",
                rest: town(4, "sends: 20/min") + "faults:\n  - { at: 14s, crash: data_node.2 }\n"),
            CalibrationWorld(
                "servers that are lost", duration: 40,
                system:
                    "load_balancers: { count: 2 }\n  chat_servers: { count: 4, balancing: least_loaded_of_two, failover: on }\n  "
                    + "sequencing: { mode: per_user_sequence }",
                rest: town(8, "sends: 10/min") + "faults:\n  - { at: 12s, crash: chat_server.2, for: 8s }\n"),
        ]
    }

    private init(_ name: String, duration: Int, system: String, rest: String) {
        self.name = name
        text = """
            confab: 1
            name: calibration, \(name)
            duration: \(duration)s
            system:
              \(system)
            \(rest)
            """
    }

    /// The scenario that the text describes.
    func scenario() throws -> Scenario { try Scenario.load(text: text, file: "calibration, \(name)") }

    // MARK: Scripts, since populations neither write to groups nor read of the past

    private static func listedUsers(_ count: Int) -> String {
        "users:\n" + (0..<count).map { "  u\($0): { devices: [phone] }\n" }.joined()
    }

    /// Ten users, each of whom writes to the next and reads what is recent by turns.
    private static func recentReadings(perUser count: Int) -> String {
        let steps = (0..<count).flatMap { step in
            (0..<10).map { user in
                let what =
                    step % 2 == 0 ? "{ send: M\(step)u\(user), to: u\((user + 1) % 10) }" : "read_recent"
                return "  - { at: \(3000 + step * 20_000 / count + user)ms, u\(user): \(what) }\n"
            }
        }
        return "script:\n" + steps.joined()
    }

    /// Forty users in eight groups of ten, in each of which somebody writes every now and then; all fetch pages in the end.
    private static func groupsAndPages(size: Int) -> String {
        let groups = (0..<8).map { group in
            let members = (0..<10).map { "u\((group * 5 + $0) % 40)" }.joined(separator: ", ")
            return "  g\(group): { members: [\(members)] }\n"
        }
        let count = max(40, 15 * size)
        let posts = (0..<count).map { post in
            let group = post % 8
            let sender = (group * 5 + post / 8 % 10) % 40
            return
                "  - { at: \(2000 + post * 20_000 / count)ms, u\(sender): { send: P\(post), to_group: g\(group) } }\n"
        }
        let pages = (0..<40).map { user in
            "  - { at: \(26_000 + user * 100)ms, u\(user): { fetch_messages: { pages: \(max(2, size / 4)), size: 20 } } }\n"
        }
        return listedUsers(40) + "groups:\n" + groups.joined() + "script:\n" + (posts + pages).joined()
    }
}
