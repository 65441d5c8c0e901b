public import Chat

/// A property of every run of a right system. The raw values are part of the interface: scenario files and results name
/// invariants by them.
public enum Invariant: String, Hashable, Sendable, CaseIterable {
    /// An acknowledged message is shown by every device of its recipient that is connected in the end.
    case noLoss = "no_loss"
    /// No device shows a message twice.
    case noDuplicates = "no_duplicates"
    /// Any two devices of a user show their common messages in the same order.
    case sameOrderOnAllDevices = "same_order_on_all_devices"
    /// Devices of the two users of a conversation show their common messages in the same order.
    case sameOrderForBothUsers = "same_order_for_both_users"
    /// Places in a mailbox are given once and without gaps, and devices show messages by place without gaps.
    case sequenceGapFree = "sequence_gap_free"
    /// What one device sends to one user is shown in the order in which it was sent.
    case senderFIFO = "sender_fifo"
    /// A device that was offline shows, once it is back, what was acknowledged meanwhile.
    case offlineComplete = "offline_complete"
    /// An acknowledged message is on durable storage, and so are the media that it refers to.
    case durableAfterAck = "durable_after_ack"
    /// Every message sent is delivered, or pending, or reported as failed; none vanishes, and none comes from nowhere.
    case conservation
    /// No chat server holds more connections than it may.
    case capacityRespected = "capacity_respected"
    /// Every write that a chat server logged as failed is in the storage in the end, in order and once.
    case failedLogDrains = "failed_log_drains"
    /// What was stored in a logical shard that moved to another server is there in the end, once.
    case shardMoveLossless = "shard_move_lossless"
    /// The copies of a logical shard that are there in the end have the same rows.
    case replicasAgree = "replicas_agree"
    /// Once a chat server has become the owner of a user's mailbox, no write of an earlier owner is accepted.
    case oneOwner = "one_owner"
    /// Once a user has been online or offline for as long as the scheme of presence may take to tell, every connected device that has
    /// shown that user for as long shows it so.
    case presenceSettles = "presence_settles"
    /// No broadcast shows a user as online who went offline again before the delay of broadcasts was over.
    case presenceNoFlap = "presence_no_flap"
    /// Pages of the past that a device fetches one after the other are together the past as it was when it began.
    case pagesComplete = "pages_complete"
    /// What a device shows sorts below everything that it has shown: by place in the user's order, or by the server's timestamp.
    case noReorderAfterDisplay = "no_reorder_after_display"
    /// A message of a thread is shown by every device of every member at its place that is connected in the end, and by nobody else.
    case groupSameSet = "group_same_set"
    /// Any two members show the messages of a thread in the same order.
    case groupOrder = "group_order"
    /// What a cache confirmed or served is what the storage has.
    case cacheCoherent = "cache_coherent"
    /// No reading has a message in one of a user's indices and not in the other.
    case atomicIndices = "atomic_indices"
    /// A device finds what it was told is accepted when it reads afterwards.
    case readYourWrites = "read_your_writes"
}

/// What a run says about an invariant.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// It held wherever it could have been violated.
    case held
    /// It was violated.
    case violated
    /// The run never produced the situation that it guards.
    case notExercised = "not_exercised"
}

/// One violation of an invariant.
public struct Violation: Hashable, Sendable {
    /// When it became visible, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// The messages that it is about; none where it is about something else.
    public let messages: [MessageID]
    /// What is wrong: messages, devices and times by name.
    public let sentence: String
}

/// What a run says about an invariant, with figures.
public struct InvariantResult: Hashable, Sendable {
    /// How many violations are kept with their sentence; all are counted.
    public static let violationsKeptMax = 10

    /// Which invariant.
    public let invariant: Invariant
    /// In how many places it could have been violated.
    public let checkedCount: Int
    /// In how many it was.
    public let violationCount: Int
    /// The earliest violations, in order of time.
    public let violations: [Violation]

    /// What the run says.
    public var verdict: Verdict {
        violationCount > 0 ? .violated : checkedCount > 0 ? .held : .notExercised
    }
}
