/// Which threads there are at the start, and who is in them: what the thread table would hold if they had been made before the run.
public struct GroupDirectory: Hashable, Sendable {
    /// The members of each thread, by number from one; those of a thread in the order of users, each once.
    private let members: [[UserID]]

    /// A directory of threads that are numbered from one in this order.
    ///
    /// - Precondition: No thread has a member twice.
    public init(members: [[UserID]] = []) {
        precondition(members.count <= Int(ThreadID.numberMax), "a thread has a number of 28 bits")
        self.members = members.map { $0.sorted() }
        precondition(
            self.members.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } }, "a member is listed twice")
    }

    /// How many threads there are.
    public var count: UInt32 { UInt32(members.count) }

    /// The threads, in order.
    var threads: some Sequence<ThreadID> { members.indices.lazy.map { ThreadID(UInt32($0) + 1) } }

    /// Whether there is such a thread.
    public func contains(_ thread: ThreadID) -> Bool { thread.rawValue <= count }

    /// Who is in a thread at the start, in the order of users; nobody if there is no such thread.
    public func members(of thread: ThreadID) -> [UserID] {
        contains(thread) ? members[Int(thread.rawValue) - 1] : []
    }
}
