internal import Chat
internal import Invariants
package import Scenario

/// What the users of a population did in a run, by numbers as a scenario has them.
extension Experiment {
    /// A message that a user sent.
    package struct Sending: Hashable, Sendable {
        /// The number of the user.
        package let user: Int
        /// The number of the device.
        package let device: Int
        /// The number of the recipient.
        package let recipient: Int
        /// When, in nanoseconds.
        package let timeNanoseconds: UInt64
    }

    /// The messages that users sent to users, in the order in which they were sent.
    package var sendings: [Sending] {
        record.sendings.map {
            Sending(
                user: Int($0.message.sender.rawValue), device: Int($0.message.device.index),
                recipient: Int($0.recipient.rawValue), timeNanoseconds: $0.timeNanoseconds)
        }
    }

    /// How many messages were sent, to users and to groups.
    package var sentCount: Int { record.counts.sent }

    /// When a device was connected: from, to; the last time has no end if it was in the end.
    package func connections(ofUser user: Int, device: Int) -> [(fromNanoseconds: UInt64, toNanoseconds: UInt64?)] {
        record.connections(of: DeviceID(user: UserID(UInt32(user)), index: UInt8(device)))
    }

    /// The friends of the users of a scenario, by number, as far as they are among the first of all users.
    package static func friends(in scenario: Scenario, ofFirst count: Int) -> [[Int]] {
        let graph = Assembly.friends(of: scenario)
        return (0..<count).map { user in
            graph.friends(of: UserID(UInt32(user))).map { Int($0.rawValue) }.filter { $0 < count }
        }
    }
}
