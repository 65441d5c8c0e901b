/// A scenario to begin with.
public struct ScenarioTemplate: Sendable {
    /// Its name.
    public let name: String
    /// What it shows, in a few words.
    public let purpose: String
    /// The text of the file.
    public let text: String

    /// All templates, the simplest first.
    public static let all = [race, offline, crash, population]

    private static let race = ScenarioTemplate(
        name: "race", purpose: "two users write at the same time and see different orders",
        text: """
            # Two users write to each other at the same moment. Run it with: confab run FILE
            confab: 1
            name: two users, one race
            seed: 7
            duration: 10s

            system:
              chat_servers: { count: 2 }
              # server_timestamp shows messages as they arrive; per_user_sequence gives each user an order of their own.
              sequencing: { mode: server_timestamp }

            network:
              last_mile: { latency: 30ms }

            users:
              alice: { devices: [phone] }
              bob: { devices: [phone] }

            script:
              - { at: 1s, alice: { send: M1, to: bob } }
              - { at: 1.002s, bob: { send: M2, to: alice } }

            expect:
              same_order_for_both_users: violated
              views:
                alice.phone: [M1, M2]
                bob.phone: [M2, M1]

            """)

    private static let offline = ScenarioTemplate(
        name: "offline", purpose: "a message waits for a recipient who is offline",
        text: """
            # Bob is offline when Alice writes. The message is stored, and delivered when he is back.
            confab: 1
            name: bob comes back
            duration: 20s

            system:
              offline: { policy: store_and_redeliver } # or notify: then Alice's phone tries again

            users:
              alice: { devices: [phone] }
              bob: { devices: [phone], starts: offline }

            script:
              - { at: 1s, alice: { send: M1, to: bob } }
              - { at: 5s, bob: connect }

            expect:
              offline_complete: held
              views:
                bob.phone: [M1]

            """)

    private static let crash = ScenarioTemplate(
        name: "crash", purpose: "a chat server crashes while messages are on their way",
        text: """
            # The chat server crashes one second after it acknowledged a message, before the message is stored.
            confab: 1
            name: acknowledged, then lost
            duration: 40s
            settle: 5s

            system:
              # after_receive loses the message; after_log and after_store do not (remove store_path.delay for the latter).
              chat_servers: { acknowledge: after_receive }
              store_path: { delay: 3s }
              heartbeat: { period: 2s, timeout: 5s }

            users:
              alice: { devices: [phone] }
              bob: { devices: [phone], starts: offline }

            script:
              - { at: 2s, alice: { send: M1, to: bob } }
              - { at: 10s, bob: connect }

            faults:
              - { at: 3s, crash: chat_server.1, for: 2s }

            expect:
              no_loss: violated
              offline_complete: violated
              durable_after_ack: violated
              conservation: violated

            """)

    private static let population = ScenarioTemplate(
        name: "population", purpose: "a thousand users write to one another for a minute",
        text: """
            # A thousand users on four chat servers. Look at the latency and the load in the result.
            confab: 1
            name: a small town
            duration: 60s

            system:
              chat_servers: { count: 4, cores: 2 }
              sequencing: { mode: per_user_sequence }

            populations:
              town: { users: 1000, sends: 2/min }

            """)
}
