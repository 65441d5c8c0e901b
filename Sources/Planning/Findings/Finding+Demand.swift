internal import Plan
internal import Reporting

extension Finding {
    /// Where the demand contradicts itself.
    static func demand(_ sizing: Sizing) -> [Finding] {
        [messageSize(sizing), media(sizing), presence(sizing), longPoll(sizing), group(sizing)].compactMap(\.self)
    }

    /// The requirements call messages of megabytes medium, and the storage is planned for a hundred bytes.
    private static func messageSize(_ sizing: Sizing) -> Finding? {
        let messages = sizing.plan.demand.messages
        guard let least = messages.statedBytesMin, let most = messages.statedBytesMax else { return nil }
        let year = sizing.last
        let planned = year.storage.load.messageBytes
        guard least.value > 2 * planned.value else { return nil }
        let day = Term.constant(86_400)
        let low = Figure("bytes a day at the smallest stated size", "B/d", year.demand.meanSends * day * least)
        let high = Figure("bytes a day at the largest stated size", "B/d", year.demand.meanSends * day * most)
        let stated = Figure(
            "bytes in all years at the smallest stated size", "B", year.storage.logicalBytes / planned * least)
        return Finding(
            identifier: "message-size", severity: .critical,
            title: "The stated size of messages contradicts the storage",
            text:
                "If a message of medium size has \(ReportNumber(least.value, "B").text) to \(ReportNumber(most.value, "B").text), "
                + "messages are \(low.text) to \(high.text), not \(year.storage.load.bytesPerDay.text): after all years "
                + "\(stated.text) and more instead of \(year.storage.logicalBytes.text). The storage is planned for "
                + "\(planned.text) a message, which is text. Photos and videos belong in an object store, to which messages refer.",
            figures: [low, high, year.storage.logicalBytes, stated])
    }

    /// Photos and videos are much more than text.
    private static func media(_ sizing: Sizing) -> Finding? {
        let year = sizing.last
        let text = Figure(
            "bytes of text in a day", "B/d",
            year.demand.meanSends * Term.constant(86_400) * sizing.plan.demand.messages.storedBytes)
        let times = Figure("bytes of media over bytes of text", "ratio", year.media.bytesPerDay / text)
        guard times.value > 10 else { return nil }
        let isInline = sizing.plan.policies.media.store.value == .inline
        return Finding(
            identifier: "media-above-text", severity: isInline ? .critical : .info,
            title: isInline ? "Photos and videos fill the shards" : "Photos and videos are most of the bytes",
            text:
                "\(ReportNumber(sizing.plan.demand.media.share.value * 100, "%").text) of the messages have photos or videos: "
                + "\(year.media.bytesPerDay.text), \(NumberText.significant(times.value, digits: 2)) times the text. "
                + (isInline
                    ? "They are kept in the messages, in every copy of every shard; an object store keeps them once and for less."
                    : "They are in an object store, which keeps \(year.media.keptBytes.text) of them; the shards keep the text."),
            figures: [text, year.media.bytesPerDay, times])
    }

    /// News of who is online are more than messages.
    private static func presence(_ sizing: Sizing) -> Finding? {
        let presence = sizing.last.presence
        guard presence.chosen.timesChat.value > 10 else { return nil }
        let least = presence.schemes.reduce(presence.chosen) { $1.messages.value < $0.messages.value ? $1 : $0 }
        return Finding(
            identifier: "presence-above-chat", severity: .warning, title: "Presence is far above the chat itself",
            text:
                "News of who is online are \(presence.chosen.messages.text) for \(sizing.last.demand.meanSends.text) of the "
                + "chat: \(NumberText.significant(presence.chosen.timesChat.value, digits: 3)) times as many. A delay keeps "
                + "\(percent(presence.keptByDelay.value)) of them, so that it helps against flapping only. "
                + "`policies.presence.scheme: \(least.scheme.rawValue)` is the least: \(least.messages.text).",
            figures: [presence.chosen.messages, presence.chosen.timesChat, presence.keptByDelay, least.messages])
    }

    /// Requests that ask for nothing are more than messages.
    private static func longPoll(_ sizing: Sizing) -> Finding? {
        let kind = sizing.plan.policies.transport.kind.value
        guard kind != .websocket, let cost = sizing.last.traffic.transports.first(where: { $0.kind == kind }),
            cost.timesMessageBytes.value > 10
        else { return nil }
        return Finding(
            identifier: "polling-above-chat", severity: .warning, title: "Requests outweigh messages",
            text: "Clients make \(cost.requests.text), whose headers are \(cost.bytesPerSecond.text): "
                + "\(NumberText.significant(cost.timesMessageBytes.value, digits: 3)) times the messages. A websocket needs none.",
            figures: [cost.requests, cost.bytesPerSecond, cost.timesMessageBytes])
    }

    /// The largest group is served one member after the other.
    private static func group(_ sizing: Sizing) -> Finding? {
        let time = sizing.last.reliability.largestGroupSeconds
        let objective = sizing.plan.objectives.deliveryP99Seconds
        guard time.value > objective.value else { return nil }
        return Finding(
            identifier: "group-fan-out", severity: .warning, title: "The largest group waits for its own fan-out",
            text: "One core takes \(time.text) to push a message to all members; 99 of 100 deliveries are to take "
                + "\(ReportNumber(objective.value, "s").text) at most. Share the work among servers, or bound groups.",
            figures: [time])
    }

    /// A share in percent, with three digits.
    static func percent(_ share: Double) -> String { "\(NumberText.significant(share * 100, digits: 3)) %" }
}
