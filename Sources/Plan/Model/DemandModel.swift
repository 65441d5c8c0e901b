internal import Language

/// What is asked of the system.
public struct DemandModel: Hashable, Sendable {
    /// How many users there are.
    public let users: UsersModel
    /// The share of the users who are connected when most are.
    public let concurrentShare: Sourced<Double>
    /// How many devices of a connected user are connected.
    public let devicesPerUser: Sourced<Double>
    /// How many messages a user sends in a day.
    public let messagesPerDay: Sourced<Double>
    /// To how many devices or users a message is delivered.
    public let deliveriesPerMessage: Sourced<Double>
    /// How often a client fetches conversations or a page of messages in a session.
    public let readsPerSession: Sourced<Double>
    /// By how much the busiest times are busier than the mean.
    public let peak: PeakModel
    /// The size of messages.
    public let messages: MessagesModel
    /// Photos and videos.
    public let media: MediaDemandModel
    /// How long clients stay connected.
    public let sessions: SessionsDemandModel
    /// How many friends of a user are told when he comes or goes.
    public let friends: Sourced<Double>
    /// How many members the largest group has.
    public let largestGroup: Sourced<Double>
}

/// By how much the busiest times are busier than the mean.
public struct PeakModel: Hashable, Sendable {
    /// The rate in the busiest hour of a day, of the day's mean.
    public let hour: Sourced<Double>
    /// The mean rate of the busiest day of a week, of the week's mean.
    public let day: Sourced<Double>
    /// The rate at the busiest moment of the year, of the year's mean.
    public let holiday: Sourced<Double>
}

/// The size of messages.
public struct MessagesModel: Hashable, Sendable {
    /// The bytes that a message takes where it is stored, once and without photos and videos.
    public let storedBytes: Sourced<Double>
    /// The smallest size, in bytes, that the requirements call a message of medium size, with photos and videos; nothing if they do not say.
    public let statedBytesMin: Sourced<Double>?
    /// The largest such size, in bytes.
    public let statedBytesMax: Sourced<Double>?
}

/// Photos and videos.
public struct MediaDemandModel: Hashable, Sendable {
    /// The share of the messages that have some.
    public let share: Sourced<Double>
    /// Their mean size, in bytes.
    public let bytes: Sourced<Double>
}

/// How long clients stay connected.
public struct SessionsDemandModel: Hashable, Sendable {
    /// The mean, in seconds.
    public let meanSeconds: Sourced<Double>
    /// The shape of their Weibull law: 1 is exponential, less has more short ones.
    public let shape: Sourced<Double>
}

extension DemandModel {
    /// The section `demand`.
    static func read(_ reader: PlanReader) -> DemandModel {
        DemandModel(
            users: reader.requiredSection(
                "users", "How many users there are, and how many there will be.", UsersModel.read),
            concurrentShare: reader.number(
                "concurrent_share", .share(1_000...1_000_000_000), unit: "ratio", default: "32%",
                .computed("WhatsApp 2014: 147 M connected at once of 465 M monthly users"),
                "The share of the users who are connected when most are."),
            devicesPerUser: reader.number(
                "devices_per_user", .decimal(1...20), unit: "devices", default: "1",
                .estimate("one device, unless the plan says so"),
                "How many devices of a connected user are connected."),
            messagesPerDay: reader.number(
                "messages_per_day", .decimal(0.001...100_000), unit: "messages/user/d", default: "40",
                .computed("WhatsApp 2014: 19 G messages in a day from 465 M monthly users, 40.9 each"),
                "How many messages a user sends in a day."),
            deliveriesPerMessage: reader.number(
                "deliveries_per_message", .decimal(1...100_000), unit: "deliveries/message", default: "2.105",
                .computed("WhatsApp 2014: 40 G messages out for 19 G in"),
                "To how many receivers a message is delivered, on average over chats of two and groups."),
            readsPerSession: reader.number(
                "reads_per_session", .decimal(0...10_000), unit: "reads/session", default: "3",
                .estimate("the list of conversations and two pages of messages"),
                "How often a client fetches conversations or a page of messages in a session."),
            peak: reader.section("peak", "By how much the busiest times are busier than the mean.", PeakModel.read),
            messages: reader.section("messages", "The size of messages.", MessagesModel.read),
            media: reader.section("media", "Photos and videos.", MediaDemandModel.read),
            sessions: reader.section("sessions", "How long clients stay connected.", SessionsDemandModel.read),
            friends: reader.number(
                "friends", .decimal(0...100_000), unit: "friends/user", default: "191",
                .computed(
                    "Facebook 2011: 69 G friendships of 721 M users (arXiv 1111.4503); half of the users have fewer than 99"
                ),
                "How many friends of a user are told when he comes or goes, on average."),
            largestGroup: reader.number(
                "largest_group", .count(2...100_000_000), unit: "members", default: "1_000",
                .estimate(
                    "a limit that the product sets; a group of 30,000 took 0.9 to 2.1 s to fan out to (Discord 2017)"),
                "How many members the largest group has."))
    }
}

extension PeakModel {
    fileprivate static func read(_ reader: PlanReader) -> PeakModel {
        PeakModel(
            hour: reader.number(
                "hour", .decimal(1...100), unit: "ratio", default: "1.6",
                .computed("WhatsApp 2014: 1.555 in and 1.538 out; Facebook Messages: 1.73; Slack: 2.04"),
                range: 1.538...2.04, "The rate in the busiest hour of a day, of the day's mean."),
            day: reader.number(
                "day", .decimal(1...100), unit: "ratio", default: "1",
                .estimate("days that are alike, unless the plan says so"),
                "The mean rate of the busiest day of a week, of the week's mean."),
            holiday: reader.number(
                "holiday", .decimal(1...1000), unit: "ratio", default: "5",
                .estimate("a night of New Year"),
                "The rate at the busiest moment of the year, of the year's mean. The tiers are not sized for it; it is compared with what they carry."
            ))
    }
}

extension MessagesModel {
    fileprivate static func read(_ reader: PlanReader) -> MessagesModel {
        let sizes: NumberKind = .bytes(1...1_000_000_000)
        let least = reader.optionalNumber(
            "stated_from", sizes, unit: "B",
            "The smallest size that the requirements call a message of medium size, with photos and videos: what is planned with is compared with it."
        )
        let most = reader.optionalNumber(
            "stated_to", sizes, unit: "B", "The largest size that the requirements call a message of medium size.")
        if (least == nil) != (most == nil) {
            reader.section.report(
                least == nil ? "stated_to" : "stated_from", "`stated_from` and `stated_to` go together")
        }
        if let least, let most, most.value < least.value {
            reader.section.report("stated_to", "`stated_to` is below `stated_from`")
        }
        return MessagesModel(
            storedBytes: reader.number(
                "stored", sizes, unit: "B", default: "463B",
                .computed(
                    "Facebook Messages 2011: 250 TB a month in three copies for 6 G messages a day, metadata and indices included"
                ),
                range: 463...1389,
                "What a message takes where it is stored, once, without photos and videos."),
            statedBytesMin: least, statedBytesMax: most)
    }
}

extension MediaDemandModel {
    fileprivate static func read(_ reader: PlanReader) -> MediaDemandModel {
        MediaDemandModel(
            share: reader.number(
                "share", .share(0...1_000_000_000), unit: "ratio", default: "4.7%",
                .computed("WhatsApp 2014: 0.9 G of 19 G messages; 2016: 1.85 G of 42 G"),
                "The share of the messages that have photos or videos."),
            bytes: reader.number(
                "size", .bytes(1...100_000_000_000), unit: "B", default: "200kB",
                .estimate("photos that the client has made small"), "The mean size of what such a message refers to."))
    }
}

extension SessionsDemandModel {
    fileprivate static func read(_ reader: PlanReader) -> SessionsDemandModel {
        SessionsDemandModel(
            meanSeconds: reader.number(
                "mean", .seconds(1_000_000_000...31_536_000_000_000_000), unit: "s", default: "639s",
                .computed("WhatsApp 2014, by Little's law: 147 M connected and 230 K log-ins a second"),
                "How long a client stays connected, on average."),
            shape: reader.number(
                "shape", .decimal(0.1...10), unit: "ratio", default: "0.5",
                .estimate("many short sessions and a few long ones"),
                "The shape of the Weibull law of sessions: 1 is exponential, less has more short ones."))
    }
}
