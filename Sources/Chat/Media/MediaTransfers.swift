/// Media that a device sends to an object store, or gets from one.
struct MediaTransfer: Hashable, Sendable {
    /// How far it has got.
    enum State: Hashable, Sendable {
        /// It waits for its turn, or for the device to be online.
        case queued
        /// The object store was asked and has not answered.
        case underWay
        /// An attempt has failed; it waits before the next.
        case backingOff
    }

    /// The message that refers to the media.
    let message: MessageID
    /// The size of the media in bytes.
    let bytes: UInt32
    let isUpload: Bool
    /// The number of the transfer on the device; timers name it.
    let number: UInt32
    /// When the device showed a message whose media it gets, in nanoseconds of its clock.
    let shownNanoseconds: UInt64
    var attempts: UInt32 = 0
    var state = State.queued

    /// What a timer of the present attempt carries.
    var timerValue: UInt64 { UInt64(number) << 32 | UInt64(attempts) }
}

/// The transfers of a device that are not done, the oldest first.
///
/// - Complexity: Looking one up is linear in the number of them.
struct MediaTransfers: Sendable {
    private(set) var transfers: [MediaTransfer] = []
    private var nextNumber: UInt32 = 0

    /// Whether all are done.
    var isEmpty: Bool { transfers.isEmpty }

    /// How many are under way.
    var underWayCount: Int { transfers.count { $0.state == .underWay } }

    /// Whether the media of a message are not in an object store yet.
    func isUploading(_ message: MessageID) -> Bool { index(of: message, isUpload: true) != nil }

    /// The transfer of the media of a message in one direction.
    func index(of message: MessageID, isUpload: Bool) -> Int? {
        transfers.firstIndex { $0.message == message && $0.isUpload == isUpload }
    }

    /// The transfer whose present attempt a timer was asked for in a state.
    func index(ofTimer value: UInt64, in state: MediaTransfer.State) -> Int? {
        transfers.firstIndex { $0.timerValue == value && $0.state == state }
    }

    /// Appends a transfer that waits for its turn.
    mutating func append(_ message: MessageID, bytes: UInt32, isUpload: Bool, shownNanoseconds: UInt64 = 0) {
        transfers.append(
            MediaTransfer(
                message: message, bytes: bytes, isUpload: isUpload, number: nextNumber,
                shownNanoseconds: shownNanoseconds))
        nextNumber &+= 1
    }

    /// The first transfer that waits for its turn is under way from now on.
    ///
    /// - Returns: The transfer; nothing if none waits.
    mutating func startNext() -> MediaTransfer? {
        guard let index = transfers.firstIndex(where: { $0.state == .queued }) else { return nil }
        transfers[index].state = .underWay
        transfers[index].attempts &+= 1
        return transfers[index]
    }

    /// The attempt has failed, and the transfer waits before the next.
    mutating func backOff(at index: Int) { transfers[index].state = .backingOff }

    /// The transfer has waited, and its turn may come again.
    mutating func queue(at index: Int) { transfers[index].state = .queued }

    /// A transfer is done, or given up.
    mutating func remove(at index: Int) -> MediaTransfer { transfers.remove(at: index) }

    /// The device goes offline: what is under way begins anew later.
    mutating func breakOff() {
        for index in transfers.indices where transfers[index].state == .underWay { transfers[index].state = .queued }
    }
}
