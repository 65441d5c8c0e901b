public import Plan

/// What one kind of connection costs.
public struct TransportCost: Hashable, Sendable {
    /// The kind.
    public let kind: TransportKind
    /// Requests of clients in a second that there would not be otherwise.
    public let requests: Figure
    /// Bytes in a second of those requests and their answers.
    public let bytesPerSecond: Figure
    /// Those bytes over those that hold messages.
    public let timesMessageBytes: Figure
    /// By how much later a message arrives on average, in seconds, since it waits for a request.
    public let addedDelay: Figure
}

/// What goes over the network.
public struct TrafficSizing: Hashable, Sendable {
    /// Bytes to clients in a second at the peak.
    public let peakEgress: Figure
    /// Bytes to clients in a second on average.
    public let meanEgress: Figure
    /// Bytes to clients in a month.
    public let egressPerMonth: Figure
    /// Bytes in a second at the peak that are written to the storage, in all copies.
    public let storageBytes: Figure
    /// Each kind of connection.
    public let transports: [TransportCost]
    /// Bytes of messages themselves that are sent in a second, on average.
    public let messageBytes: Figure
}

/// Photos and videos.
public struct MediaSizing: Hashable, Sendable {
    /// Objects that are sent in a second, on average.
    public let objects: Figure
    /// Bytes that are sent in a day.
    public let bytesPerDay: Figure
    /// Bytes that the object store keeps at the end of the year; none if media are kept in the messages.
    public let keptBytes: Figure
    /// Requests to the object store in a month.
    public let requestsPerMonth: Figure
}

/// Days of a month, on average.
let daysOfMonth = 365.0 / 12

extension TransportCost {
    fileprivate init(_ plan: Plan, kind: TransportKind, demand: DemandSizing, messageBytes: Figure) {
        let own = plan.policies.transport
        let usual = Term.constant(30)
        let period = own.kind.value == kind ? own.periodSeconds?.term ?? usual : usual
        let word = kind.rawValue.replacing("_", with: " ")
        let zero = Term.constant(0)
        self.kind = kind
        requests = Figure(
            "requests, \(word)", "requests/s", kind == .websocket ? zero : demand.connections / period)
        bytesPerSecond = Figure(
            "bytes of requests, \(word)", "B/s", requests * Term.constant(2) * plan.costs.wireBytesPerRequest)
        timesMessageBytes = Figure(
            "bytes of requests over bytes of messages, \(word)", "ratio", bytesPerSecond / messageBytes)
        addedDelay = Figure("added delay, \(word)", "s", kind == .poll ? period / Term.constant(2) : zero)
    }
}

extension TrafficSizing {
    init(_ plan: Plan, demand: DemandSizing, presence: PresenceSizing, storage: StorageLoad, media: MediaSizing) {
        let costs = plan.costs
        let media = Figure(
            "bytes of media to clients, mean", "B/s",
            media.bytesPerDay / Term.constant(86_400) * plan.demand.deliveriesPerMessage)
        let pages = Figure(
            "bytes of pages to clients, peak", "B/s",
            demand.peakReads * plan.policies.storage.pageRows * plan.demand.messages.storedBytes)
        let answers = Figure("bytes of answers, peak", "B/s", demand.peakRequests * costs.wireBytesPerRequest)
        let news = Figure(
            "bytes of presence, peak", "B/s", presence.chosen.messages * costs.wireBytesPerPresenceMessage)
        let pushes = Figure("bytes of deliveries, mean", "B/s", demand.meanDeliveries * costs.wireBytesPerDelivery)
        let peak = Figure("peak over mean of messages", "ratio", demand.peakSends / demand.meanSends)
        peakEgress = Figure(
            "bytes to clients, peak", "B/s", (pushes + media) * peak + Term.sum([pages, answers, news]))
        let share = Figure("mean over peak of connections", "ratio", demand.meanConnections / demand.connections)
        meanEgress = Figure(
            "bytes to clients, mean", "B/s", pushes + media + Term.sum([pages, answers, news]) * share)
        egressPerMonth = Figure(
            "bytes to clients in a month", "B/month",
            meanEgress * Term.constant(86_400) * Term.constant(daysOfMonth))
        storageBytes = Figure(
            "bytes to the storage, peak", "B/s",
            storage.rows * storage.messageBytes * plan.policies.storage.redundancy.overhead)
        let messages = Figure("bytes of messages, mean", "B/s", demand.meanSends * plan.demand.messages.storedBytes)
        messageBytes = messages
        transports = TransportKind.allCases.map {
            TransportCost(plan, kind: $0, demand: demand, messageBytes: messages)
        }
    }
}

extension MediaSizing {
    init(_ plan: Plan, demand: DemandSizing, year: Int) {
        let media = plan.demand.media
        let day = Term.constant(86_400)
        objects = Figure("media sent, mean", "objects/s", demand.meanSends * media.share)
        bytesPerDay = Figure("bytes of media in a day", "B/d", objects * day * media.bytes)
        guard let retention = plan.policies.media.retentionSeconds else {
            keptBytes = Figure("bytes in the object store", "B", Term.constant(0))
            requestsPerMonth = Figure("requests to the object store", "requests/month", Term.constant(0))
            return
        }
        // Nothing is older than the system.
        let age = Figure("age of the system", "s", Term.constant(Double(year) * 31_536_000))
        let kept = Figure("time for which media are kept", "s", Term.smallest([retention, age]))
        keptBytes = Figure("bytes in the object store", "B", bytesPerDay * kept / day)
        let each = Figure(
            "requests for an object", "requests/object", Term.constant(1) + plan.demand.deliveriesPerMessage)
        requestsPerMonth = Figure(
            "requests to the object store", "requests/month", objects * each * day * Term.constant(daysOfMonth))
    }
}
