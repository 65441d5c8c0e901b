/// A kind of ``WireMessage`` by itself, without what a message of it says, and its name for people.
public struct MessageKind: Hashable, Sendable {
    /// The number on the wire, as ``Payload/kind``.
    public let rawValue: UInt16
    /// The name: that of the case of ``WireMessage`` or of its area's message, in small letters with underscores, such as `put_done`; beyond
    /// the first area it begins with that of the area, such as `presence_pull`.
    public let name: String

    /// All kinds, by their numbers.
    public static let all: [MessageKind] = {
        func area<Kind: CaseIterable & RawRepresentable>(
            _ area: MessageArea, _: Kind.Type, from base: UInt16 = 0
        ) -> [MessageKind] where Kind.RawValue == UInt16 {
            Kind.allCases.map { kind in
                let name = words("\(kind)")
                return MessageKind(
                    rawValue: base + kind.rawValue, name: area == .chat ? name : "\(area)_\(name)")
            }
        }
        let kinds =
            area(.chat, Payload.Kind.self) + area(.presence, Payload.PresenceKind.self)
            + area(.groups, GroupMessage.Kind.self) + area(.cache, CacheMessage.Kind.self)
            + area(.sharding, ShardingMessage.Kind.self, from: ShardingMessage.kindBase)
            + area(.replication, ReplicationMessage.Kind.self, from: ReplicationMessage.kindBase)
            + area(.media, MediaMessage.Kind.self) + area(.pages, PageMessage.Kind.self)
            + area(.balancing, BalancingMessage.Kind.self) + area(.tables, TablesMessage.Kind.self)
        return kinds.sorted { $0.rawValue < $1.rawValue }
    }()

    /// `putDone` is `put_done`.
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { words, letter in
            words += letter.isUppercase ? "_\(letter.lowercased())" : String(letter)
        }
    }
}
