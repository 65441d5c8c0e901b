internal import Yams

/// Something that goes wrong for a time.
public enum FaultModel: Hashable, Sendable {
    /// A server loses its memory; it is back at `endNanoseconds`, or never.
    case crash(server: ServerModel, startNanoseconds: UInt64, endNanoseconds: UInt64?)
    /// Messages between some and others are lost.
    case loss(
        sources: [EndpointModel], targets: [EndpointModel], bothWays: Bool, partsPerBillion: UInt64,
        startNanoseconds: UInt64, endNanoseconds: UInt64)
}

/// A server, by its tier and its number from zero.
public enum ServerModel: Hashable, Sendable {
    /// A load balancer.
    case loadBalancer(UInt32)
    /// A chat server.
    case chatServer(UInt32)
    /// A storage server.
    case storage(UInt32)
}

/// Who is at an end of a link.
public enum EndpointModel: Hashable, Sendable {
    /// One server.
    case server(ServerModel)
    /// Every load balancer.
    case loadBalancers
    /// Every chat server.
    case chatServers
    /// Every storage server.
    case storageServers
    /// Every device of a user, by number.
    case user(Int)
    /// A device of a user, by numbers.
    case device(user: Int, device: Int)
    /// Every device of a population, by number.
    case population(Int)
}

/// A fault as it is written.
struct RawFault {
    enum What {
        case crash(Located<String>)
        case loss(sources: [Located<String>], targets: [Located<String>], bothWays: Bool, partsPerBillion: UInt64)
    }

    let timeNanoseconds: Located<UInt64>
    let forNanoseconds: Located<UInt64>?
    let what: What?
    let position: SourcePosition
}

extension ValueKind where Value == RawFault {
    static var fault: ValueKind {
        .section { reader in
            let time = reader.required(
                "at", ValueKind<UInt64>.duration(0...Scenario.durationMax).located, "When it begins.")
            let length = reader.optional(
                "for", ValueKind<UInt64>.duration(1...Scenario.durationMax).located,
                "How long it lasts; a crashed server without `for` never returns.")
            let crash = reader.optional(
                "crash", ValueKind<String>.reference("a server such as `chat_server.1`").located,
                "The server that loses its memory.")
            let partition = reader.optional(
                "partition", .cut(ratio: nil), "Every message between two sides is lost while it lasts.")
            let loss = reader.optional("loss", .cut(ratio: "ratio"), "Some messages between two sides are lost.")
            let given = ["crash", "partition", "loss"].filter(reader.gives)
            if given.count != 1 {
                reader.report(
                    "at", "a fault is exactly one of `crash`, `partition` and `loss`; this one is \(given.count)")
            }
            if crash == nil, length == nil {
                reader.report("at", "the key `for` is missing: how long the fault lasts")
            }
            return RawFault(
                timeNanoseconds: time, forNanoseconds: length,
                what: crash.map(RawFault.What.crash) ?? partition ?? loss,
                position: time.position)
        }
    }
}

extension ValueKind where Value == RawFault.What {
    fileprivate static func cut(ratio: String?) -> ValueKind {
        .section { reader in
            let way = ValueKind<Bool>.choice([("both", true), ("one", false)])
            return .loss(
                sources: reader.required("between", .selector, "One side: users, devices or servers."),
                targets: reader.required("and", .selector, "The other side."),
                bothWays: reader.optional(
                    "way", way, default: "both", "`one` strikes only what the first side sends to the other."),
                partsPerBillion: ratio.map { reader.required($0, .positiveRatio, "How many messages are lost.") }
                    ?? 1_000_000_000)
        }
    }
}

extension ValueKind where Value == [Located<String>] {
    /// One name or a list of names.
    fileprivate static var selector: ValueKind {
        let one = ValueKind<String>.reference("a user, a device or a server").located
        let many = one.list(1...1000)
        return ValueKind(
            read: { node, diagnostics in
                if case .sequence = node { return many.read(node, diagnostics) }
                return one.read(node, diagnostics).map { [$0] }
            }, schema: { .object([("anyOf", .array([one.schema(), many.schema()]))]) }, fallback: { [] })
    }
}
