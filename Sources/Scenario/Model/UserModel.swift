internal import Language

/// A user who is listed by name.
public struct UserModel: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The names of the devices, 1 to 16.
    public let devices: [String]
    /// Whether the devices connect at the start.
    public let startsOnline: Bool
    /// The friends whose status the devices show, by number: those whom the user lists, then those who list the user.
    public let friends: [Int]
}

/// Users who are alike and not listed by name.
public struct PopulationModel: Hashable, Sendable {
    /// When a user sends.
    public enum Sending: Hashable, Sendable {
        /// At random moments, with a mean time between two messages of one user, in nanoseconds.
        case randomly(meanGapNanoseconds: UInt64)
        /// With times between two messages of one user that follow a law, in nanoseconds.
        case apart(DistributionModel)
    }

    /// The name of the population.
    public let name: String
    /// How many users.
    public let userCount: UInt64
    /// How many devices each has.
    public let deviceCount: UInt64
    /// When a user sends.
    public let sending: Sending
    /// The size of a message, in bytes.
    public let messageBytes: DistributionModel
    /// Which messages carry media; nothing if none do.
    public let media: PopulationMediaModel?
    /// How many friends a user has; nothing if users write to anyone.
    public let friendCount: DistributionModel?
    /// When users are online; nothing if they always are.
    public let sessions: SessionsModel?
    /// Whether the connections of all devices are open when the run begins.
    public let startsConnected: Bool
}

/// The clock of a chat server.
public struct ClockModel: Hashable, Sendable {
    /// The number of the server, from zero.
    public let chatServer: UInt32
    /// By how much it is ahead at the start, in nanoseconds.
    public let offsetNanoseconds: Int64
    /// By how much it is fast, in parts per billion.
    public let driftPartsPerBillion: Int64
}

/// What the names of users, devices and populations look like.
enum NamePattern {
    static let user = "^[a-z][a-z0-9_-]{0,39}$"
    static let message = "^[A-Za-z][A-Za-z0-9_-]{0,39}$"
    static let server = "^(chat_server|storage|load_balancer)\\.[0-9]+$"

    static func isUser(_ name: String) -> Bool {
        isName(name) && name.first?.isLowercase == true && !name.contains { $0.isUppercase }
    }

    static func isMessage(_ name: String) -> Bool { isName(name) }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter, name.utf8.count <= 40 else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}

/// A user as it is written.
struct RawUser {
    let devices: [Located<String>]
    let startsOnline: Bool
    let friends: Located<[Located<String>]>?
}

/// A population as it is written.
struct RawPopulation {
    let userCount, deviceCount: UInt64
    let sending: PopulationModel.Sending
    let messageBytes: DistributionModel
    let media: PopulationMediaModel?
    let friendCount: DistributionModel?
    let sessions: SessionsModel?
    /// Whether the connections are open when the run begins, and where that is said.
    let startsConnected: Bool
    let startsPosition: SourcePosition?
}

/// A clock as it is written.
struct RawClock {
    let offset, drift: Int64
}

extension ValueKind where Value == RawUser {
    static var user: ValueKind {
        .section { reader in
            RawUser(
                devices: reader.required(
                    "devices", ValueKind<String>.reference("the name of a device").located.list(1...16),
                    "The names of the user's devices."),
                startsOnline: reader.optional(
                    "starts", .choice([("online", true), ("offline", false)]), default: "online",
                    "Whether the devices connect at the start."),
                friends: reader.optional(
                    "friends", ValueKind<String>.reference("the name of a user").located.list(1...5000).located,
                    "Users whose status the devices show. Friendship is mutual: it is enough that one of the two lists the other."
                ))
        }
    }
}

extension ValueKind where Value == RawPopulation {
    static var population: ValueKind {
        .section { reader in
            let userCount = reader.required("users", .integer(2...2_000_000_000), "How many users.")
            let deviceCount = reader.optional("devices", .integer(1...4), default: "1", "How many devices each has.")
            let meanGap = reader.optional(
                "sends", .meanGap, "How many messages each user sends, on average and at random times.")
            let gap = reader.optional(
                "gap", .gapDistribution,
                "The time from one message of a user to the next, for users who are not random; they have sent for ever."
            )
            reader.requireOne(of: ["sends", "gap"], "when a user sends")
            return RawPopulation(
                userCount: userCount, deviceCount: deviceCount,
                sending: gap.map(PopulationModel.Sending.apart) ?? .randomly(meanGapNanoseconds: meanGap ?? 1),
                messageBytes: reader.optional(
                    "message_size", .sizeDistribution, default: "100B", "The size of a message."),
                media: reader.optional(
                    "media", .populationMedia, "Messages that carry media, such as pictures: how many, and how large."),
                friendCount: reader.optional(
                    "friends", .friendCountDistribution,
                    "How many friends each user has among the others, at most 5000: users write to these, and show their status. "
                        + "Without it users write to anyone. Facebook in 2011: `{ lognormal: { median: 99, p99: 1_430 } }`."
                ),
                sessions: reader.optional(
                    "sessions", .sessions,
                    "When users are online, as if they had come and gone for ever; they write only then. Without it they always are."
                ),
                startsConnected: reader.optional(
                    "starts", .choice([("connecting", false), ("connected", true)]), default: "connecting",
                    "`connecting`: the devices connect over the first second; `connected`: their connections are open when the run "
                        + "begins, and a device to which nothing happens takes eight bytes."),
                startsPosition: reader.gives("starts") ? reader.position(of: "starts") : nil)
        }
    }
}

extension ValueKind where Value == RawClock {
    static var clock: ValueKind {
        .section { reader in
            RawClock(
                offset: reader.optional(
                    "offset", .signedDuration(86_400_000_000_000), default: "0ms", "By how much the clock is ahead."),
                drift: reader.optional(
                    "drift", .drift(100_000_000), default: "0ppm", "By how much the clock is fast."))
        }
    }
}
