import Chat

/// What a judge has found so far.
struct Judgement {
    private let invariant: Invariant
    private var checkedCount = 0
    private var violationCount = 0
    private var violations: [Violation] = []

    init(_ invariant: Invariant) {
        self.invariant = invariant
    }

    /// Counts a place in which the invariant could be violated.
    ///
    /// - Parameters:
    ///   - holds: Whether it holds there.
    ///   - now: When a violation became visible, in nanoseconds.
    ///   - messages: Which messages a violation is about.
    ///   - sentence: What a violation says.
    mutating func check(
        _ holds: Bool, atNanoseconds now: @autoclosure () -> UInt64, of messages: @autoclosure () -> [MessageID] = [],
        _ sentence: @autoclosure () -> String
    ) {
        checkedCount += 1
        guard !holds else { return }
        violationCount += 1
        let time = now()
        if let latest = violations.last, violations.count >= InvariantResult.violationsKeptMax {
            guard time < latest.timeNanoseconds else { return }
            violations.removeLast()
        }
        let index = violations.firstIndex { $0.timeNanoseconds > time } ?? violations.count
        violations.insert(
            Violation(timeNanoseconds: time, messages: messages(), sentence: sentence()), at: index)
    }

    /// Counts places in which the invariant could be violated and is not.
    mutating func holds(count: Int = 1) {
        checkedCount += count
    }

    var result: InvariantResult {
        InvariantResult(
            invariant: invariant, checkedCount: checkedCount, violationCount: violationCount, violations: violations)
    }
}

/// Judges a run by what was observed of it.
public struct Judge {
    let record: RunRecord
    let names: any NameTable
    /// What was acknowledged later is not judged, nor a device that connected later.
    let deadlineNanoseconds: UInt64
    let isSequenced: Bool
    let endNanoseconds: UInt64
    let presence: PresenceBounds?
    /// Whether the run is over: places of a mailbox that nobody has will not be given any more.
    let isWhole: Bool

    /// Prepares to judge.
    ///
    /// - Parameters:
    ///   - record: What was observed.
    ///   - endNanoseconds: When the run ended.
    ///   - settleNanoseconds: How long anything that must come true is given.
    ///   - isSequenced: Whether users have an order of their own.
    ///   - presence: How fast statuses must come right; nothing if nobody's status is shown.
    ///   - isWhole: Whether the run is over.
    ///   - names: What things are called.
    public init(
        _ record: RunRecord, endNanoseconds: UInt64, settleNanoseconds: UInt64, isSequenced: Bool,
        presence: PresenceBounds? = nil, isWhole: Bool = true, names: any NameTable
    ) {
        self.record = record.settled
        self.names = names
        deadlineNanoseconds = endNanoseconds > settleNanoseconds ? endNanoseconds - settleNanoseconds : 0
        self.isSequenced = isSequenced
        self.endNanoseconds = endNanoseconds
        self.presence = presence
        self.isWhole = isWhole
    }

    /// Judges an invariant.
    ///
    /// - Complexity: Near-linear in the number of observations; orders are compared for every two devices of a user, and of
    ///   a conversation.
    public func judge(_ invariant: Invariant) -> InvariantResult {
        var judgement = Judgement(invariant)
        switch invariant {
        case .noLoss: judgeLoss(&judgement, onlyOffline: false)
        case .noDuplicates: judgeDuplicates(&judgement)
        case .sameOrderOnAllDevices: judgeOrderOnDevices(&judgement)
        case .sameOrderForBothUsers: judgeOrderForUsers(&judgement)
        case .sequenceGapFree: judgeSequences(&judgement)
        case .senderFIFO: judgeSenderFIFO(&judgement)
        case .offlineComplete: judgeLoss(&judgement, onlyOffline: true)
        case .durableAfterAck: judgeDurability(&judgement)
        case .conservation: judgeConservation(&judgement)
        case .pagesComplete: judgePages(&judgement)
        case .noReorderAfterDisplay: judgeReorder(&judgement)
        case .capacityRespected: judgeCapacity(&judgement)
        case .failedLogDrains: judgeFailedLog(&judgement)
        case .shardMoveLossless: judgeShardMoves(&judgement)
        case .replicasAgree: judgeReplicas(&judgement)
        case .oneOwner: judgeOwnership(&judgement)
        case .presenceSettles: judgePresenceSettles(&judgement)
        case .presenceNoFlap: judgePresenceFlaps(&judgement)
        case .groupSameSet: judgeGroupSameSet(&judgement)
        case .groupOrder: judgeGroupOrder(&judgement)
        case .cacheCoherent: judgeCache(&judgement)
        case .atomicIndices: judgeIndices(&judgement)
        case .readYourWrites: judgeReadings(&judgement)
        }
        return judgement.result
    }

    func time(_ nanoseconds: UInt64) -> String { TimeText.seconds(nanoseconds) }
}
