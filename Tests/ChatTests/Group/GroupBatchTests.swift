import Testing

@testable import Chat

@Suite("Batch of messages of a thread")
struct GroupBatchTests {
    @Test("every member gets a copy of every message that is for him, in the order of the messages")
    func copies() {
        var batch = GroupBatch()
        var placed: [MessageRecord] = []
        for (place, members) in [[4], [4, 6, 8], [6, 8]].enumerated() as EnumeratedSequence<[[UInt32]]> {
            var record = GroupThreadTests.message(UInt32(place), from: 9)
            record.sequence = UInt32(place + 1)
            placed.append(record)
            batch.append(record, to: members.map(UserID.init))
        }
        #expect(batch.copyCount == 6 && batch.contentBytes == 30)
        #expect(
            batch.words.count == [1, 3, 2].reduce(0) { $0 + GroupBatch.wordCount(memberCount: $1) })
        var copies: [MessageRecord] = []
        batch.words.withUnsafeBufferPointer {
            GroupBatch.forEachCopy(in: $0, of: GroupThreadTests.id) { copies.append($0) }
        }
        #expect(copies.map(\.recipient.rawValue) == [4, 4, 6, 8, 6, 8])
        #expect(copies.map(\.id.clientMessageID.ordinal) == [0, 1, 1, 1, 2, 2])
        #expect(copies.allSatisfy { $0.thread == GroupThreadTests.id && $0.sequence == 0 && $0.contentBytes == 10 })
        #expect(copies[0].timestampNanoseconds == placed[0].timestampNanoseconds)
    }
}

@Suite("Inbox of copies")
struct GroupInboxTests {
    private func copy(_ ordinal: UInt32, for user: UInt32) -> MessageRecord {
        MessageRecord(
            id: MessageID(sender: UserID(9), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(user), contentBytes: 1, part: ThreadPart(GroupThreadTests.id))
    }

    private func batch(_ number: UInt64) -> GroupInbox.Batch {
        GroupInbox.Batch(source: Address(process: 1), number: number)
    }

    @Test("a batch is answered for once the last copy is taken, and may come again")
    func answers() {
        var inbox = GroupInbox()
        let copies = [copy(0, for: 2), copy(0, for: 4)]
        #expect(inbox.begin(batch(1), copies: copies) == true)
        #expect(inbox.begin(batch(1), copies: copies) == false, "it came again while copies are missing")
        #expect(inbox.taken(copies[1]) == [])
        #expect(inbox.taken(copies[1]) == [], "a copy counts once")
        #expect(inbox.taken(copies[0]) == [batch(1)])
        #expect(inbox.begin(batch(1), copies: copies) == true, "the answer was lost")
    }

    @Test("a copy that two batches wait for counts for both")
    func twoBatches() {
        var inbox = GroupInbox()
        #expect(inbox.begin(batch(1), copies: [copy(0, for: 2)]) == true)
        #expect(inbox.begin(batch(2), copies: [copy(0, for: 2), copy(1, for: 2)]) == true)
        #expect(inbox.taken(copy(0, for: 2)) == [batch(1)])
        #expect(inbox.taken(copy(1, for: 2)) == [batch(2)])
    }
}

@Suite("Posts to threads")
struct GroupPostsTests {
    @Test("from one user to one thread goes one message at a time; others do not wait")
    func lanes() {
        var posts = GroupPosts()
        let first = GroupThreadTests.message(0, from: 1)
        let second = GroupThreadTests.message(1, from: 1)
        #expect(posts.append(first) == true)
        #expect(posts.append(first) == false, "it is under way")
        #expect(posts.append(second) == false)
        #expect(posts.append(GroupThreadTests.message(0, from: 2)) == true)
        #expect(posts.attempt(first.id)?.attempts == 1)
        #expect(posts.attempt(first.id)?.attempts == 2)
        let answer = posts.finish(first.id)
        #expect(answer.isNew && answer.next == second.id)
        #expect(posts.finish(first.id).isNew == false, "it was answered before")
        #expect(!posts.contains(first.id) && posts.contains(second.id))
    }
}
