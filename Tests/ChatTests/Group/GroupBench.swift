import Testing

@testable import Chat

/// Chat server 0 of three, which owns thread 3 and the users whose number is divisible by three. The tests play the storage, the other chat servers and
/// devices.
struct GroupBench {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 3, storageServerCount: 1)
    static let storage = placement.storageServerAddress(0)
    static let thread = ThreadID(3)
    static let other = placement.chatServerAddress(1)
    static let third = placement.chatServerAddress(2)

    var server: ChatServer
    var effects: [Effect] = []
    /// What the attachments of the effects hold.
    var words: [UInt64] = []
    /// What the storage has of the thread.
    var stored: [RowKey: StoredRow] = [:]

    /// - Parameter members: Of threads 1 to 3.
    init(
        members: [UInt32] = [0, 1, 2], acknowledge: AcknowledgeMode = .afterReceive,
        order: GroupConfiguration.Order = .perThread, membership: GroupConfiguration.MembershipRule = .ordered
    ) {
        let retry = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0)
        server = ChatServer(
            number: 0, placement: Self.placement,
            configuration: ChatServerConfiguration(
                acknowledge: acknowledge, offline: .storeAndRedeliver, connectionsMax: 10,
                heartbeatTimeoutNanoseconds: 1000, sweepPeriodNanoseconds: 400, poolConnectionsPerStorageServer: 4,
                storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 200, requestRetry: retry,
                groups: GroupConfiguration(
                    directory: GroupDirectory(
                        members: Array(repeating: members.map(UserID.init), count: 3)), order: order,
                    membership: membership)), jitterSeed: 1)
    }

    static func message(
        _ ordinal: UInt32, from sender: UInt32, to thread: ThreadID = thread, _ action: ThreadPart.Action = .say,
        of subject: UInt32? = nil
    ) -> MessageRecord {
        MessageRecord(
            id: MessageID(sender: UserID(sender), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(subject ?? sender), contentBytes: 10, part: ThreadPart(thread, action))
    }

    mutating func receive(_ message: WireMessage, words: [UInt64] = [], from source: Address, port: UInt32 = 0) {
        var outbox = Outbox()
        words.withUnsafeBufferPointer {
            server.receive(
                message, words: $0, from: source, atPort: port, nowNanoseconds: 50, outbox: &outbox)
        }
        take(outbox)
    }

    mutating func post(_ record: MessageRecord, from source: Address = other) {
        receive(.groups(.post(record)), from: source)
    }

    mutating func fire(_ kind: ChatServer.TimerKind) {
        let timers = effects.compactMap { effect -> TimerToken? in
            if case .timer(let token, _) = effect, token.kind == kind.rawValue { token } else { nil }
        }
        var outbox = Outbox()
        for token in timers { server.fire(token, nowNanoseconds: 50, outbox: &outbox) }
        take(outbox)
    }

    mutating func restart() {
        server.crash()
        var outbox = Outbox()
        server.restart(jitterSeed: 2, nowNanoseconds: 50, outbox: &outbox)
        take(outbox)
    }

    /// Answers every request to the storage, and those that follow, and collects all effects.
    mutating func answerStorage() {
        var all = effects
        var allWords = words
        var requests = storageRequests
        while !requests.isEmpty {
            let request = requests.removeFirst()
            switch request.message {
            case .load(let user, _, _):
                receive(.rowsEnd(user, count: 0, head: 0), from: Self.storage, port: request.port)
            case .put(let row, let epoch):
                receive(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false),
                    from: Self.storage, port: request.port)
            case .groups(.put(_, _, let epoch, _)):
                let row = request.attached.withUnsafeBufferPointer { MailboxRow($0, index: 0) }
                receive(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false),
                    from: Self.storage, port: request.port)
            case .tables(.write(let number, _, _, _)):
                for row in request.attached.withUnsafeBufferPointer({ TablesMessage.rows(in: $0) }) {
                    stored[row.key] = row.isDeleted ? nil : row
                }
                receive(.tables(.written(request: number, isFenced: false)), from: Self.storage)
            case .tables(.scan(let number, let range)):
                let rows = stored.values.filter {
                    $0.table == range.table && $0.partition == range.partition && range.places.contains($0.place)
                }.sorted { $0.place < $1.place }
                var words: [UInt64] = []
                for row in rows { row.append(to: &words) }
                receive(
                    .tables(.rows(request: number, count: UInt32(rows.count), isComplete: true, contentBytes: 0)),
                    words: words, from: Self.storage)
            default: Issue.record("unexpected request \(request.message)")
            }
            requests += storageRequests
            all += effects.map { $0.shifted(by: UInt32(allWords.count)) }
            allWords += words
        }
        effects = all
        words = allWords
    }

    var storageRequests: [(message: WireMessage, attached: [UInt64], port: UInt32)] {
        effects.compactMap { effect in
            switch effect {
            case .send(let message, Self.storage, let port): return (message, [], port)
            case .sendAttached(let message, Self.storage, let port, let first, let count):
                return (message, Array(words[Int(first)..<Int(first + count)]), port)
            default: return nil
            }
        }
    }

    func sent(to address: Address) -> [GroupMessage] {
        effects.compactMap { effect in
            switch effect {
            case .send(.groups(let message), address, _): message
            case .sendAttached(.groups(let message), address, _, _, _): message
            default: nil
            }
        }
    }

    /// The copies that were handed to a chat server, batch by batch: for whom, and which of the sender's messages.
    func batches(to address: Address) -> [(number: UInt64, copies: [String])] {
        effects.compactMap { effect in
            guard
                case .sendAttached(.groups(.deliver(let thread, let number, _)), address, _, let first, let count) =
                    effect
            else { return nil }
            var copies: [String] = []
            words[Int(first)..<Int(first + count)].withContiguousStorageIfAvailable {
                GroupBatch.forEachCopy(in: $0, of: thread) {
                    copies.append(
                        "\($0.sender.rawValue).\($0.id.clientMessageID.ordinal) for \($0.recipient.rawValue)")
                }
            }
            return (number, copies)
        }
    }

    func observed(_ kind: Observation.Kind) -> [Observation] {
        effects.compactMap {
            if case .observe(let observation) = $0, observation.kind == kind { observation } else { nil }
        }
    }

    private mutating func take(_ outbox: Outbox) {
        effects = outbox.effects
        words = outbox.words
    }
}

extension Effect {
    /// The same when the words that it refers to begin later.
    fileprivate func shifted(by count: UInt32) -> Effect {
        guard case .sendAttached(let message, let address, let port, let first, let words) = self else { return self }
        return .sendAttached(message, to: address, fromPort: port, firstWord: first + count, wordCount: words)
    }
}
