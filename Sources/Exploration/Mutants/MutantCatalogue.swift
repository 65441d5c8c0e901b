package import Chat

/// The planted bugs: what each does, under which scenario of the repository it is to be found, and which invariant finds it.
package enum MutantCatalogue {
    /// A planted bug.
    package struct Entry: Hashable, Sendable {
        /// The bug.
        package let mutant: Mutant
        /// What goes wrong with it.
        package let meaning: String
        /// The file in the folder `scenarios` under which it is to be found.
        package let scenario: String
        /// The name of the invariant that is violated there, and not without the bug.
        package let invariant: String

        /// What it is called on the command line.
        package var name: String { mutant.rawValue }

        fileprivate init(_ mutant: Mutant, _ meaning: String, in scenario: String, by invariant: String) {
            self.mutant = mutant
            self.meaning = meaning
            self.scenario = "search-\(scenario).yaml"
            self.invariant = invariant
        }
    }

    /// The planted bug of a name.
    package static func entry(named name: String) -> Entry? { entries.first { $0.name == name } }

    /// The planted bug.
    package static func entry(of mutant: Mutant) -> Entry? { entries.first { $0.mutant == mutant } }

    /// All of them, from the devices to the storage.
    package static let entries = [
        Entry(
            .historySkipped, "a device that reconnects takes what it has missed for read", in: "chat",
            by: "offline_complete"),
        Entry(
            .redeliveryByTimestamp, "a device puts rows that it missed in the order of their timestamps", in: "chat",
            by: "same_order_on_all_devices"),
        Entry(
            .retryOvertaken, "a device that waits to submit a message again submits the next one meanwhile", in: "chat",
            by: "sender_fifo"),
        Entry(
            .shownOnArrival, "a device shows a row that arrives before one that comes earlier", in: "chat",
            by: "no_reorder_after_display"),
        Entry(
            .pageByOffset, "a device counts the rows to skip for a page, while new ones come in above them",
            in: "pages", by: "pages_complete"),
        Entry(
            .viewportAskedOnce, "a device asks only once about those whose status it shows", in: "presence",
            by: "presence_settles"),
        Entry(
            .submittedTwice, "a chat server takes a message that is submitted again for a new one", in: "one-server",
            by: "no_duplicates"),
        Entry(
            .acknowledgedBeforeLog, "a chat server acknowledges a message before its log has it", in: "chat",
            by: "durable_after_ack"),
        Entry(
            .acknowledgedBeforeStore, "a chat server acknowledges a message before the storage has it", in: "cache",
            by: "read_your_writes"),
        Entry(
            .numbersFromStorage, "a chat server that restarts goes on counting where the storage ends, not its log",
            in: "chat", by: "sequence_gap_free"),
        Entry(
            .forwardedLater, "a chat server forwards a message some time after it has placed it", in: "one-server",
            by: "same_order_for_both_users"),
        Entry(
            .forwardDropped, "a chat server drops a forwarded message to which it gets no answer", in: "forwarding",
            by: "conservation"),
        Entry(
            .pollAnsweredOnce, "a chat server takes rows for received once it has answered a long poll with them",
            in: "long-poll", by: "no_loss"),
        Entry(
            .capacityOffByOne, "a chat server opens one connection more than it may hold", in: "capacity",
            by: "capacity_respected"),
        Entry(
            .failedLogNewestFirst, "a chat server replays its log of failed requests from the end", in: "failed-log",
            by: "failed_log_drains"),
        Entry(
            .presenceWithoutDelay, "a chat server tells friends at once of who comes online", in: "presence",
            by: "presence_no_flap"),
        Entry(
            .batchToFirstMembers, "messages of a thread go to those who were members at the first of their batch",
            in: "group", by: "group_same_set"),
        Entry(
            .batchesOverlap, "a batch of messages of a thread does not wait for the one before it", in: "group",
            by: "group_order"),
        Entry(
            .cacheBeforeDatabase, "a cache server confirms a row before the storage has it", in: "cache",
            by: "cache_coherent"),
        Entry(
            .cacheFilledWithoutLock, "a cache server fills an entry from the storage without the lock of the user",
            in: "cache-fill", by: "cache_coherent"),
        Entry(
            .readBetweenIndices, "a cache server answers a reading while one index has a message and the other not",
            in: "cache", by: "atomic_indices"),
        Entry(
            .writeWithoutFencing, "a storage server takes a write of an earlier owner", in: "split-owner",
            by: "one_owner"),
        Entry(
            .copyMissesWrite, "a storage server sends a copy nothing of what is written while a write is on its way",
            in: "copies", by: "replicas_agree"),
        Entry(
            .cutOverWithoutStop, "a storage server takes writes to a shard that another has been told to take over",
            in: "shard-move", by: "shard_move_lossless"),
    ]

    /// The bugs as a table for a terminal: a line for each, then the commands to try one.
    package static var text: String {
        let width = entries.reduce(0) { max($0, $1.name.count) }
        func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: width - text.count) }
        let found = entries.reduce(0) { max($0, $1.invariant.count) }
        let lines = entries.map { "\(padded($0.name, width))  \(padded($0.invariant, found))  \($0.meaning)" }
        let example = entries[0]
        return lines.joined(separator: "\n")
            + "\n\nconfab explore scenarios/\(example.scenario) --mutant \(example.name)\n"
    }
}
