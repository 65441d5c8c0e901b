internal import Language

/// How users learn whether their friends are online.
public struct PresenceModel: Hashable, Sendable {
    /// Who tells whom.
    public enum Scheme: Hashable, Sendable {
        /// Nobody learns anything.
        case off
        /// All friends are told of every change at once.
        case naive
        /// The five optimisations of the source design, each of which can be switched off.
        case optimised
    }

    /// Who tells whom.
    public let scheme: Scheme
    /// Whether a device that starts asks about all friends.
    public let pullsOnStart: Bool
    /// Whether a device shows a user as offline whom a message could not reach.
    public let marksOfflineOnFailure: Bool
    /// Whether friends are told late of a user who comes online.
    public let delaysBroadcast: Bool
    /// By how much, in nanoseconds.
    public let broadcastDelayNanoseconds: UInt64
    /// Whether a device asks again and again about those on its screen.
    public let pullsViewport: Bool
    /// How many friends are on the screen.
    public let viewportSize: UInt64
    /// How often it asks, in nanoseconds.
    public let viewportPeriodNanoseconds: UInt64
    /// Whether a device asks about a user with whom a chat is opened.
    public let pullsOnNewChat: Bool
    /// Whether devices keep whom they show as online; else they count the statuses that reach them.
    public let keepsStatuses: Bool
    /// Where that is said, if it is.
    let statusesPosition: SourcePosition?

    /// Whether anybody learns anything.
    public var isOn: Bool { scheme != .off }
}

extension ValueKind where Value == PresenceModel {
    /// The section `system.presence`.
    ///
    /// - Parameter tellsSender: Whether the sender of a message is told that its recipient is offline.
    static func presence(tellsSender: Bool) -> ValueKind {
        .section { reader in
            let scheme = reader.optional(
                "scheme",
                .choice([("off", PresenceModel.Scheme.off), ("naive", .naive), ("optimised", .optimised)]),
                default: "off",
                "`naive`: all friends of a user are told at once when that user comes or goes; `optimised`: only who comes is told, "
                    + "and devices ask as the other keys say; `off`: nobody's status is shown.")
            func on(_ key: String, _ meaning: String) -> Bool { reader.optional(key, .onOff, default: "on", meaning) }
            let start = on("pull_on_start", "Whether a device that connects asks for the status of all friends.")
            let failure = on(
                "mark_offline_on_failure",
                "Whether a device shows a user as offline whom a message could not reach; needs `offline: { policy: notify }`."
            )
            let delayed = on(
                "delayed_broadcast",
                "Whether friends are told of a user who comes online only after a delay, and not at all of one who is gone by then; "
                    + "otherwise they are told at once.")
            let delay = reader.optional(
                "broadcast_delay", .duration(1_000_000...3_600_000_000_000), default: "5s", "How long that delay is.")
            let pullsViewport = on(
                "viewport_pull", "Whether a device asks again and again for the status of those on its screen.")
            let viewport = reader.optional(
                "viewport", .viewport(isPulled: pullsViewport), default: "{}", "The screen of a device.")
            let newChat = on(
                "pull_on_new_chat", "Whether a device asks for the status of a user with whom a chat is opened.")
            let keepsStatuses = reader.optional(
                "statuses", .choice([("kept", true), ("counted", false)]), default: "kept",
                "`kept`: a device keeps a list of its friends and who of them is online, and shows it; `counted`: it keeps none, and the statuses "
                    + "that reach it are counted, so that it can rest: for populations with `starts: connected`. Then devices look at their screens "
                    + "at random moments, once in a `period` on average, and ask about the user of every message that they send."
            )
            rejectKeysWithoutEffect(
                reader, scheme: scheme, tellsSender: tellsSender, isDelayed: delayed, keepsStatuses: keepsStatuses)
            let isOptimised = scheme == .optimised
            return PresenceModel(
                scheme: scheme, pullsOnStart: isOptimised && start,
                marksOfflineOnFailure: isOptimised && failure && tellsSender && keepsStatuses,
                delaysBroadcast: isOptimised && delayed,
                broadcastDelayNanoseconds: delay, pullsViewport: isOptimised && pullsViewport,
                viewportSize: viewport.size, viewportPeriodNanoseconds: viewport.period,
                pullsOnNewChat: isOptimised && newChat, keepsStatuses: keepsStatuses,
                statusesPosition: reader.gives("statuses") ? reader.position(of: "statuses") : nil)
        }
    }

    private static func rejectKeysWithoutEffect(
        _ reader: SectionReader, scheme: PresenceModel.Scheme, tellsSender: Bool, isDelayed: Bool,
        keepsStatuses: Bool
    ) {
        if scheme == .off { reader.rejectIfGiven("statuses", because: "the `scheme` is off") }
        guard scheme == .optimised else {
            let reason = scheme == .naive ? "with `scheme: naive` nothing is optimised" : "the `scheme` is off"
            let keys = [
                "pull_on_start", "mark_offline_on_failure", "delayed_broadcast", "broadcast_delay", "viewport_pull",
                "viewport", "pull_on_new_chat",
            ]
            for key in keys { reader.rejectIfGiven(key, because: reason) }
            return
        }
        if !tellsSender {
            reader.rejectIfGiven(
                "mark_offline_on_failure",
                because: "only with `offline: { policy: notify }` a sender is told of a failure"
            )
        }
        if !keepsStatuses {
            reader.rejectIfGiven(
                "mark_offline_on_failure", because: "with `statuses: counted` a device does not keep whom it shows")
        }
        if !isDelayed {
            reader.rejectIfGiven("broadcast_delay", because: "`delayed_broadcast` is off")
        }
    }
}

private struct Viewport {
    let size, period: UInt64
}

extension ValueKind where Value == Viewport {
    fileprivate static func viewport(isPulled: Bool) -> ValueKind {
        .section { reader in
            let size = reader.optional(
                "size", .integer(1...5000), default: "20",
                "How many friends are on the screen, the first ones of the list; beside them, the user of the chat that is open."
            )
            let period = reader.optional(
                "period", .duration(10_000_000...86_400_000_000_000), default: "30s",
                "How often a device asks about them.")
            if !isPulled { reader.rejectIfGiven("period", because: "`viewport_pull` is off") }
            return Viewport(size: size, period: period)
        }
    }
}
