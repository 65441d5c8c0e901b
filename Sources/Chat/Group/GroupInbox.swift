/// Batches of messages of threads that a chat server was handed for its users and has not answered for: it answers once it has taken
/// responsibility for every copy.
struct GroupInbox: Sendable {
    /// Names a batch: who sent it, and the number that the sender gave it.
    struct Batch: Hashable, Sendable {
        let source: Address
        let number: UInt64
    }

    /// Names a copy of a message: whose it is, and of which message.
    struct Copy: Hashable, Sendable {
        let owner: UserID
        let message: MessageID

        init(_ record: MessageRecord) {
            owner = record.recipient
            message = record.id
        }
    }

    /// How many copies of each batch are missing.
    private var missing: [Batch: Int] = [:]
    /// The batches that wait for a copy.
    private var waiting: [Copy: [Batch]] = [:]

    /// Nothing is missing.
    init() {}

    /// A batch has come.
    ///
    /// - Returns: Whether it is a new one, or has come again after it was answered for.
    mutating func begin(_ batch: Batch, copies: [MessageRecord]) -> Bool {
        guard missing[batch] == nil else { return false }
        missing[batch] = copies.count
        for record in copies { waiting[Copy(record), default: []].append(batch) }
        return true
    }

    /// The server has taken responsibility for a copy.
    ///
    /// - Returns: The batches of which it was the last.
    mutating func taken(_ record: MessageRecord) -> [Batch] {
        guard let batches = waiting.removeValue(forKey: Copy(record)) else { return [] }
        var done: [Batch] = []
        for batch in batches {
            guard let count = missing[batch] else { continue }
            if count == 1 { done.append(batch) }
            missing[batch] = count == 1 ? nil : count - 1
        }
        return done
    }
}
