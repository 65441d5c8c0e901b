/// The areas of the system that have messages of their own. The numbers are part of the trace digest.
public enum MessageArea: Int, Hashable, Sendable, CaseIterable {
    /// Connections, messages between users, and their way into the storage.
    case chat = 0
    /// Who is online.
    case presence = 1
    /// Which storage server has which logical shard, and how it gets it.
    case sharding = 4
    /// Fragments of sealed files on data nodes.
    case replication = 5
    /// Pages of the past that devices ask for.
    case pages = 7
    /// Threads: messages to several users, and who they are.
    case groups = 2
    /// The indices that cache servers keep.
    case cache = 3
    /// Rows of the storage's tables.
    case tables = 10
    /// Which chat server is responsible for a user.
    case balancing = 8
    /// Media on their way to an object store, and from there.
    case media = 6

    /// The area of a kind of ``Payload``.
    public init(kind: UInt16) {
        let number = kind < Payload.areaKindBase ? 0 : Int(kind - Payload.areaKindBase) / 64 + 1
        guard let area = MessageArea(rawValue: number) else {
            preconditionFailure("no area has messages of kind \(kind)")
        }
        self = area
    }

    /// The greatest number of an area.
    public static let numberMax = allCases.map(\.rawValue).max() ?? 0
}
