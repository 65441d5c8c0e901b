import Chat

/// What was observed of the way to the storage: the rows that it has, and those that chat servers logged as failed.
///
/// - Complexity: O(1) on average for each observation.
struct StorePathRecord: Sendable {
    /// A place in a mailbox.
    struct Place: Hashable, Sendable {
        let owner: UserID
        let sequence: UInt32
    }

    /// A message at a place in a mailbox, and when that was first observed.
    struct Row: Sendable {
        let place: Place
        let message: MessageID
        let timeNanoseconds: UInt64
    }

    /// The rows that were logged as failed, in the order of time.
    private(set) var failed: [Row] = []
    /// What the storage first had at each place.
    private(set) var stored: [Place: Row] = [:]
    /// Rows of the storage at whose place it had another message before.
    private(set) var overwriting: [Place: Row] = [:]
    /// Where the storage first had a message in a mailbox.
    private var places: [Key: UInt32] = [:]
    /// Rows of the storage whose message it had at another place of the same mailbox before.
    private(set) var repeated: [Key: Row] = [:]

    /// A message in a mailbox.
    struct Key: Hashable, Sendable {
        let owner: UserID
        let message: MessageID
    }

    mutating func observe(_ observation: Observation) {
        let place = Place(owner: observation.device.user, sequence: observation.sequence)
        let row = Row(place: place, message: observation.message, timeNanoseconds: observation.timeNanoseconds)
        guard observation.kind == .stored else {
            failed.append(row)
            return
        }
        if let before = stored[place] {
            if before.message != row.message { overwriting[place] = row }
        } else {
            stored[place] = row
        }
        let key = Key(owner: place.owner, message: row.message)
        if let earlier = places[key] {
            if earlier != place.sequence { repeated[key] = row }
        } else {
            places[key] = place.sequence
        }
    }
}
