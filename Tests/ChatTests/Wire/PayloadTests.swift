import Testing

@testable import Chat

@Suite("Wire messages")
struct PayloadTests {
    static let device = DeviceID(user: UserID(.max), index: 15)
    static let record = MessageRecord(
        id: MessageID(
            sender: UserID(0xdead_beef),
            clientMessageID: ClientMessageID(deviceIndex: 15, ordinal: ClientMessageID.ordinalMax)),
        recipient: UserID(0x1234_5678), content: MessageContent(rawValue: .max), timestampNanoseconds: .max,
        sequence: MessageRecord.sequenceMax)
    static let row = MailboxRow(record: record, isRecipients: true)
    static let thread = ThreadID(ThreadID.numberMax)
    /// A message of a thread as it is posted.
    static let posted = MessageRecord(
        id: record.id, recipient: record.recipient, content: MessageContent(rawValue: .max), timestampNanoseconds: .max,
        part: ThreadPart(thread, .remove))
    /// And as a row of a mailbox.
    static let copy = MailboxRow(
        record: MessageRecord(
            id: record.id, recipient: record.recipient, content: MessageContent(rawValue: .max),
            timestampNanoseconds: .max, sequence: MessageRecord.sequenceMax,
            part: ThreadPart(thread)), isRecipients: true)
    /// One of each kind, with every field at its limit.
    static let messages: [WireMessage] =
        [
            .resolve(device), .assigned(device, chatServer: .max), .open(device), .opened(device, head: .max),
            .refused(device), .reset(device), .close(device), .heartbeat(device), .heartbeatReply(device, head: .max),
            .submit(record), .accepted(record.id, sequence: .max, timestampNanoseconds: .max), .undelivered(record.id),
            .push(row, wantsReceipt: true), .push(MailboxRow(record: record, isRecipients: false), wantsReceipt: false),
            .received(device, sequence: .max), .fetch(device, after: .max), .pageRow(row),
            .pageEnd(device, last: .max, head: .max), .forward(record), .forwarded(record.id, delivered: true),
            .forwarded(record.id, delivered: false), .put(row, epoch: .max),
            .putDone(UserID(.max), sequence: .max, epoch: .max, fenced: true),
            .load(UserID(.max), epoch: .max, limit: .max),
            .poll(device, after: .max, number: .max), .polled(device, number: .max, head: .max, contentBytes: .max),
            .scan(UserID(.max), after: .max, limit: .max), .row(row), .rowsEnd(UserID(.max), count: .max, head: .max),
            .cache(.readRecent(device, reading: .max)), .cache(.recent(device, reading: .max, head: .max)),
            .cache(.recentRow(RecentRow(row: row, deviceIndex: 15, reading: .max, isConversation: true))),
            .cache(.recentRow(RecentRow(row: row, deviceIndex: 0, reading: 0, isConversation: false))),
            .cache(.recentEnd(device, reading: .max, messageCount: .max, conversationCount: .max)),
            .tables(.write(request: .max, partition: .max, epoch: .max, contentBytes: .max)),
            .tables(.written(request: .max, isFenced: true)), .tables(.written(request: .max, isFenced: false)),
            .tables(
                .scan(
                    request: .max,
                    RowRange(
                        .thread, partition: .max, places: 7...UInt64.max, limit: RowRange.limitMax, isBackwards: true))),
            .tables(.rows(request: .max, count: .max, isComplete: true, contentBytes: .max)),
        ] + balancing.map(WireMessage.balancing) + pages.map(WireMessage.pages) + groups
        + media.map(WireMessage.media)
    static let groups: [WireMessage] = [
        .submit(posted), .push(copy, wantsReceipt: true), .push(copy, wantsReceipt: false), .pageRow(copy), .row(copy),
        .groups(.post(posted)), .groups(.posted(record.id)),
        .groups(.rejected(record.id)), .groups(.deliver(thread: thread, number: .max, contentBytes: .max)),
        .groups(.delivered(number: .max)), .groups(.refused(record.id)),
        .groups(.put(record.id, owner: UserID(.max), epoch: .max, contentBytes: .max)),
    ]
    static let media: [MediaMessage] = [
        .upload(record.id, bytes: .max), .uploaded(record.id), .download(record.id),
        .downloaded(record.id, bytes: .max), .missing(record.id),
    ]
    static let pages: [PageMessage] = [
        .request(
            PageRequest(
                device: device, number: .max, page: .max, size: PageRequest.sizeMax, counterpart: UserID(.max),
                sinceNanoseconds: .max, start: .skipping(pages: .max))),
        .request(
            PageRequest(
                device: device, number: .max, page: 1, size: 1, counterpart: nil, sinceNanoseconds: 0,
                start: .before(.max))),
        .page(device, number: .max, head: .max, before: .max, isLast: true, contentBytes: .max),
    ]
    static let balancing: [BalancingMessage] = [
        .resolveAnother(device, rank: .max), .assignedAnother(device, chatServer: .max, rank: .max),
        .openAnother(device, rank: .max), .redirect(device, chatServer: .max),
        .lastShown(device, sequence: .max, record.id), .rewind(device, to: .max),
        .healthCheck(MembershipVersion(rawValue: .max)),
        .healthAnswer(server: .max, version: MembershipVersion(rawValue: .max), connections: .max),
        .membership(MembershipVersion(rawValue: .max), from: .max),
        .claim(UserID(.max), server: .max, previous: .max, limit: .max),
        .claimed(
            UserID(.max), count: .max, head: .max, token: FencingToken(rawValue: .max), isContinued: true),
        .owned(UserID(.max), by: .max),
        .release(
            UserID(.max), to: .max, version: MembershipVersion(rawValue: .max), rank: .max, forDevice: true),
        .released(UserID(.max)), .kept(UserID(.max)), .moved(record.id, UserID(.max), to: .max, isHandedOver: true),
        .adopt(row), .adopted(record.id, UserID(.max)),
    ]
    static let presence: [WireMessage] = [
        .presence(.pull(device, .newChat, friendCount: .max, chat: UserID(.max))),
        .presence(.pull(device, .start, friendCount: 0, chat: nil)),
        .presence(.statuses(device, .viewport, friendCount: .max, chat: UserID(0))),
        .presence(.status(UserID(.max), isOnline: true)), .presence(.status(UserID(0), isOnline: false)),
        .presence(.query(pull: .max, part: .max, count: .max)),
        .presence(.answer(pull: .max, part: .max, online: .max)),
        .presence(.changed(UserID(.max), isOnline: true, count: .max)),
    ]

    @Test("what is packed comes out as it was", arguments: messages + presence)
    func roundTrip(message: WireMessage) {
        #expect(Payload(message).message == message)
    }

    @Test("every kind is covered by the messages above")
    func everyKind() {
        #expect(
            Set(Self.messages.map { Payload($0).kind })
                == Set(
                    Payload.Kind.allCases.map(\.rawValue) + CacheMessage.Kind.allCases.map(\.rawValue)
                        + TablesMessage.Kind.allCases.map(\.rawValue)
                        + BalancingMessage.Kind.allCases.map(\.rawValue) + PageMessage.Kind.allCases.map(\.rawValue)
                        + GroupMessage.Kind.allCases.map(\.rawValue)
                        + MediaMessage.Kind.allCases.map(\.rawValue)))
        #expect(Set(Self.presence.map { Payload($0).kind }) == Set(Payload.PresenceKind.allCases.map(\.rawValue)))
    }

    @Test("content counts on the links that it travels")
    func sizes() {
        let small = MessageRecord(id: Self.record.id, recipient: UserID(1), contentBytes: 100)
        #expect(WireMessage.submit(small).sizeBytes == 180)
        #expect(WireMessage.push(MailboxRow(record: small, isRecipients: true), wantsReceipt: false).sizeBytes == 180)
        #expect(WireMessage.accepted(small.id, sequence: 1, timestampNanoseconds: 0).sizeBytes == 80)
        #expect(WireMessage.submit(Self.record).sizeBytes == 280, "a reference is small, whatever it refers to")
        #expect(WireMessage.media(.upload(small.id, bytes: 5000)).sizeBytes == 5080)
        #expect(WireMessage.media(.downloaded(small.id, bytes: .max)).sizeBytes == .max)
        #expect(WireMessage.media(.download(small.id)).sizeBytes == 80)
    }
}
