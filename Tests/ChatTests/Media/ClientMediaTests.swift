import Testing

@testable import Chat

/// A device that sends and gets media; the servers are played by the test.
private struct Bench {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1, objectStoreCount: 3)
    static let server = placement.chatServerAddress(0)
    static let phone = DeviceID(user: UserID(0), index: 0)
    var configuration: ClientConfiguration
    var client = Client(device: phone, port: 0, placement: placement, jitterSeed: 1)
    var now: UInt64 = 0
    var effects: [Effect] = []
    var timers: [(token: TimerToken, afterNanoseconds: UInt64)] = []
    var tally = ClientTally()

    init(
        attempts: UInt32 = 3, transfersMax: Int = 2, inFlightMax: Int = 1, sequencing: SequencingMode = .perUserSequence
    ) {
        func policy(_ first: UInt64, _ attempts: UInt32) -> RetryPolicy {
            RetryPolicy(
                firstNanoseconds: first, factorThousandths: 2000, maxNanoseconds: 100 * first,
                jitterPartsPerBillion: 0, attemptsMax: attempts)
        }
        configuration = ClientConfiguration(
            sequencing: sequencing, inFlightMax: inFlightMax, retry: policy(50, 0), reconnect: policy(50, 0),
            connectTimeoutNanoseconds: 500, heartbeatPeriodNanoseconds: 1000, heartbeatTimeoutNanoseconds: 2500)
        configuration.media = MediaConfiguration(
            inlineBytesMax: 1000, transfersMax: transfersMax, timeoutNanoseconds: 300, retry: policy(10, attempts))
    }

    private mutating func perform(_ body: (inout Client, ClientConfiguration, UInt64, inout Outbox) -> Void) {
        var outbox = Outbox()
        outbox.clientTally = tally
        body(&client, configuration, now, &outbox)
        tally = outbox.clientTally
        effects = outbox.effects
        for case .timer(let token, let wait) in effects { timers.append((token, wait)) }
    }

    mutating func receive(_ message: WireMessage, from source: Address = server) {
        perform { $0.receive(message, from: source, nowNanoseconds: $2, configuration: $1, outbox: &$3) }
    }

    mutating func receive(_ message: MediaMessage) {
        receive(.media(message), from: Self.placement.objectStoreAddress(of: Self.own(0)))
    }

    mutating func connect(head: UInt32 = 0) {
        perform { $0.connect(configuration: $1, outbox: &$3) }
        receive(.assigned(Self.phone, chatServer: 0), from: Self.placement.loadBalancerAddress(0))
        receive(.opened(Self.phone, head: head))
    }

    mutating func disconnect() { perform { client, _, _, outbox in client.disconnect(outbox: &outbox) } }

    mutating func send(bytes: UInt32) {
        perform { $0.send(to: UserID(1), contentBytes: bytes, configuration: $1, outbox: &$3) }
    }

    /// Someone else's message arrives; with `media` it refers to so many bytes.
    mutating func push(_ place: UInt32, media: UInt32) {
        receive(.push(Self.row(place, media: media), wantsReceipt: false))
    }

    /// Hands back the timers of a kind, and forgets them.
    mutating func fire(_ kind: Client.TimerKind) {
        let due = timers.filter { $0.token.kind == kind.rawValue }
        timers.removeAll { $0.token.kind == kind.rawValue }
        for (token, _) in due {
            perform { $0.fire(token, nowNanoseconds: $2, configuration: $1, outbox: &$3) }
        }
    }

    /// The waits that were asked for with a kind of timer and are not over.
    func waits(_ kind: Client.TimerKind) -> [UInt64] {
        timers.filter { $0.token.kind == kind.rawValue }.map(\.afterNanoseconds)
    }

    /// What the last input said to object stores.
    var media: [MediaMessage] {
        effects.compactMap { if case .send(.media(let message), _, _) = $0 { message } else { nil } }
    }

    /// What the last input submitted to the chat server.
    var submitted: [MessageRecord] {
        effects.compactMap { if case .send(.submit(let record), _, _) = $0 { record } else { nil } }
    }

    /// What the last input made observers see.
    var observed: [Observation.Kind] {
        effects.compactMap { if case .observe(let observation) = $0 { observation.kind } else { nil } }
    }

    func metric(_ name: String) -> UInt64? {
        var metrics = Metrics()
        tally.report(into: &metrics, configuration: configuration)
        return metrics["media.\(name)"]
    }

    static func own(_ ordinal: UInt32, device: UInt8 = 0) -> MessageID {
        MessageID(sender: phone.user, clientMessageID: ClientMessageID(deviceIndex: device, ordinal: ordinal))
    }

    static func others(_ place: UInt32) -> MessageID {
        MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: place))
    }

    static func row(_ place: UInt32, media: UInt32) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: others(place), recipient: phone.user, content: MessageContent(referringToBytes: media),
                sequence: place), isRecipients: true)
    }
}

@Suite("Client: sending media")
struct ClientUploadTests {
    @Test(
        "content up to the limit travels with the message, as it does without object stores", arguments: [false, true])
    func inline(hasStores: Bool) {
        var bench = Bench()
        if !hasStores { bench.configuration.media = nil }
        bench.connect()
        bench.send(bytes: hasStores ? 1000 : 100_000)
        #expect(bench.media.isEmpty)
        #expect(bench.submitted.map(\.content) == [MessageContent(bytes: hasStores ? 1000 : 100_000)])
    }

    @Test(
        "larger content goes to the object store of the message first; then the message is submitted with a reference")
    func upload() {
        var bench = Bench()
        bench.connect()
        bench.send(bytes: 1001)
        let upload = WireMessage.media(.upload(Bench.own(0), bytes: 1001))
        #expect(
            bench.effects.contains(
                .send(upload, to: Bench.placement.objectStoreAddress(of: Bench.own(0)), fromPort: 0)))
        #expect(bench.submitted.isEmpty)
        bench.receive(.uploaded(Bench.own(0)))
        #expect(bench.submitted.map(\.content.mediaBytes) == [1001])
        #expect(bench.submitted.map(\.contentBytes) == [MessageContent.referenceBytes])
        #expect(bench.metric("uploads") == 1 && bench.metric("uploaded_bytes") == 1001)
    }

    @Test("observers learn the size of what a message refers to")
    func observed() {
        var bench = Bench()
        bench.connect()
        for (bytes, detail) in [(1001, 1001), (1000, 0)] as [(UInt32, UInt32)] {
            bench.send(bytes: bytes)
            guard
                case .observe(let sent)? = bench.effects.first(where: { if case .observe = $0 { true } else { false } })
            else {
                Issue.record("nothing was observed")
                return
            }
            #expect(sent.kind == .sent && sent.detail == detail)
        }
    }

    @Test("a later message waits for its turn, and its media do not")
    func inTurn() {
        var bench = Bench()
        bench.connect()
        bench.send(bytes: 2000)
        bench.send(bytes: 10)
        #expect(bench.submitted.isEmpty, "it does not overtake")
        bench.send(bytes: 3000)
        #expect(bench.media == [.upload(Bench.own(2), bytes: 3000)])
        bench.receive(.uploaded(Bench.own(2)))
        #expect(bench.submitted.isEmpty)
        bench.receive(.uploaded(Bench.own(0)))
        #expect(bench.submitted.map(\.id) == [Bench.own(0)])
        bench.receive(.accepted(Bench.own(0), sequence: 1, timestampNanoseconds: 1))
        bench.receive(.accepted(Bench.own(1), sequence: 2, timestampNanoseconds: 2))
        #expect(bench.submitted.map(\.id) == [Bench.own(2)])
    }

    @Test("an upload that is not confirmed in time is made again after a wait that grows, and given up in the end")
    func retries() {
        var bench = Bench(attempts: 3)
        bench.connect()
        bench.send(bytes: 2000)
        for (attempt, wait) in [10, 20].enumerated() as EnumeratedSequence<[UInt64]> {
            #expect(bench.waits(.mediaTimeout) == [300], "attempt \(attempt + 1)")
            bench.fire(.mediaTimeout)
            #expect(bench.media.isEmpty && bench.waits(.mediaRetry) == [wait])
            bench.fire(.mediaRetry)
            #expect(bench.media == [.upload(Bench.own(0), bytes: 2000)])
        }
        bench.fire(.mediaTimeout)
        #expect(bench.observed == [.failed], "the message needs its media")
        #expect(bench.metric("upload_retries") == 2 && bench.metric("uploads_failed") == 1)
        bench.receive(.uploaded(Bench.own(0)))
        #expect(bench.effects.isEmpty, "it is too late")
    }

    @Test("an answer that comes after the time-out is as good")
    func late() {
        var bench = Bench()
        bench.connect()
        bench.send(bytes: 2000)
        bench.fire(.mediaTimeout)
        bench.receive(.uploaded(Bench.own(0)))
        #expect(bench.submitted.map(\.id) == [Bench.own(0)])
        bench.fire(.mediaRetry)
        #expect(bench.media.isEmpty)
    }

    @Test("what is sent offline is uploaded once the device is online, and what is broken off begins anew")
    func offline() {
        var bench = Bench()
        bench.send(bytes: 2000)
        #expect(bench.media.isEmpty)
        bench.connect()
        #expect(bench.media == [.upload(Bench.own(0), bytes: 2000)])
        bench.disconnect()
        bench.receive(.uploaded(Bench.own(0)))
        #expect(bench.effects.isEmpty, "a device that is switched off hears nothing")
        bench.fire(.mediaTimeout)
        #expect(bench.effects.isEmpty)
        bench.connect()
        #expect(bench.media == [.upload(Bench.own(0), bytes: 2000)])
    }

    @Test("an upload goes on while the chat server is away; the message is submitted when it is back")
    func chatServerLost() {
        var bench = Bench()
        bench.connect()
        bench.send(bytes: 2000)
        bench.receive(.reset(Bench.phone))
        bench.receive(.uploaded(Bench.own(0)))
        #expect(bench.submitted.isEmpty)
        bench.fire(.connect)
        bench.receive(.assigned(Bench.phone, chatServer: 0), from: Bench.placement.loadBalancerAddress(0))
        bench.receive(.opened(Bench.phone, head: 0))
        #expect(bench.submitted.map(\.id) == [Bench.own(0)] && bench.media.isEmpty)
    }
}

@Suite("Client: getting media")
struct ClientDownloadTests {
    @Test("a device gets the media of a message once it shows it, and counts how long that takes")
    func download() {
        var bench = Bench()
        bench.connect()
        bench.now = 100
        bench.push(1, media: 5000)
        #expect(bench.observed == [.displayed])
        let download = WireMessage.media(.download(Bench.others(1)))
        #expect(
            bench.effects.contains(
                .send(download, to: Bench.placement.objectStoreAddress(of: Bench.others(1)), fromPort: 0)))
        bench.now = 170
        bench.receive(.downloaded(Bench.others(1), bytes: 5000))
        #expect(bench.observed == [.mediaFetched])
        #expect(bench.metric("downloads") == 1 && bench.metric("downloaded_bytes") == 5000)
        #expect(bench.metric("wait_greatest") == 70 && bench.metric("wait_mean") == 70)
    }

    @Test("a message that has to wait for its turn is shown first, and its media are got then")
    func notBeforeShown() {
        var bench = Bench()
        bench.connect()
        bench.push(2, media: 5000)
        #expect(bench.media.isEmpty && bench.observed.isEmpty)
        bench.push(1, media: 100)
        #expect(bench.media == [.download(Bench.others(1)), .download(Bench.others(2))])
    }

    @Test("the device that sent the message has its media; the user's others get them")
    func own() {
        for device: UInt8 in [0, 1] {
            var bench = Bench()
            bench.connect()
            let record = MessageRecord(
                id: Bench.own(0, device: device), recipient: UserID(1), content: MessageContent(referringToBytes: 2000),
                sequence: 1)
            bench.receive(.push(MailboxRow(record: record, isRecipients: false), wantsReceipt: false))
            #expect(bench.observed == [.displayed])
            #expect(bench.media.count == Int(device))
        }
    }

    @Test("what an object store does not have is asked for again after a wait, and given up in the end")
    func missing() {
        var bench = Bench(attempts: 2)
        bench.connect()
        bench.push(1, media: 5000)
        bench.receive(.missing(Bench.others(1)))
        #expect(bench.media.isEmpty && bench.waits(.mediaRetry) == [10])
        bench.receive(.missing(Bench.others(1)))
        #expect(bench.waits(.mediaRetry) == [10], "the attempt has failed already")
        bench.fire(.mediaTimeout)
        #expect(bench.effects.isEmpty, "so its time-out is stale")
        bench.fire(.mediaRetry)
        #expect(bench.media == [.download(Bench.others(1))])
        bench.receive(.missing(Bench.others(1)))
        #expect(bench.effects.isEmpty)
        #expect(bench.metric("download_retries") == 1 && bench.metric("downloads_failed") == 1)
        #expect(bench.metric("wait_mean") == 0, "there was nothing to wait for")
    }

    @Test("only so many are under way at once; the next begins when one is done, or waits to be tried again")
    func limited() {
        var bench = Bench(transfersMax: 2)
        bench.connect()
        for place: UInt32 in 1...4 { bench.push(place, media: 5000) }
        #expect(bench.media.isEmpty)
        bench.receive(.downloaded(Bench.others(1), bytes: 5000))
        #expect(bench.media == [.download(Bench.others(3))])
        bench.receive(.missing(Bench.others(2)))
        #expect(bench.media == [.download(Bench.others(4))])
        bench.fire(.mediaRetry)
        #expect(bench.media.isEmpty, "the two that came after it are under way")
        bench.receive(.downloaded(Bench.others(3), bytes: 5000))
        #expect(bench.media == [.download(Bench.others(2))])
    }
}
