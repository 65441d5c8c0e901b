import Language
import Testing

@testable import Exploration

@Suite("Forgetting names")
struct DocumentNamesTests {
    private func forgetting(_ names: Set<String>, in text: String) throws -> String {
        try Document(text: text, file: "").forgetting(names).fileText
    }

    @Test("a user goes with all that is done by and to the user")
    func user() throws {
        let text = try forgetting(
            ["bob"],
            in: """
                users: { alice: { devices: [phone], friends: [bob, carol] }, bob: { devices: [phone] }, carol: { devices: [phone] } }
                groups: { team: { members: [alice, bob, carol] } }
                script:
                  - { at: 1s, alice: { send: M1, to: bob } }
                  - { at: 2s, bob.phone: { send: M2, to: carol } }
                  - { at: 3s, carol: { send: M3, to: alice } }
                faults:
                  - { at: 1s, for: 1s, partition: { between: bob, and: chat_server.1 } }
                  - { at: 2s, for: 1s, partition: { between: [bob, carol], and: chat_server.1 } }
                """)
        #expect(
            text == """
                users:
                  alice: { devices: [phone], friends: [carol] }
                  carol: { devices: [phone] }

                groups:
                  team: { members: [alice, carol] }

                script:
                  - { at: 3s, carol: { send: M3, to: alice } }

                faults:
                  - { at: 2s, for: 1s, partition: { between: [carol], and: chat_server.1 } }

                """)
    }

    @Test("a device or a server goes with what is done by or to it, and its namesakes stay")
    func others() throws {
        let text = try forgetting(
            ["alice.laptop", "chat_server.3"],
            in: """
                users: { alice: { devices: [phone] } }
                clocks: { chat_server.3: { offset: 1s }, chat_server.30: { offset: 1s } }
                script:
                  - { at: 1s, alice.laptop: disconnect }
                  - { at: 1s, alice.phone: disconnect }
                faults:
                  - { at: 2s, crash: chat_server.3 }
                  - { at: 2s, crash: [chat_server.3, chat_server.2] }
                """)
        #expect(
            text == """
                users:
                  alice: { devices: [phone] }

                clocks:
                  chat_server.30: { offset: 1s }

                script:
                  - { at: 1s, alice.phone: disconnect }

                faults:
                  - { at: 2s, crash: [chat_server.2] }

                """)
    }
}
