import Testing

@testable import Chat

@Suite("Membership of a thread")
struct MembershipTests {
    private let alice = UserID(1)
    private let bob = UserID(2)
    private let carol = UserID(3)

    @Test("a stay covers the message that began it and the one that ended it")
    func stays() {
        var membership = Membership([alice, bob])
        #expect(membership.remove(bob, at: 3) == Membership.Stay(user: bob, first: 0, last: 3))
        #expect(membership.add(carol, at: 4) == Membership.Stay(user: carol, first: 4, last: .max))
        #expect(membership.members(at: 3) == [alice, bob])
        #expect(membership.members(at: 4) == [alice, carol])
        #expect(membership.current == [alice, carol])
    }

    @Test("what changes nothing is refused")
    func noChange() {
        var membership = Membership([alice])
        #expect(membership.add(alice, at: 1) == nil)
        #expect(membership.remove(bob, at: 1) == nil)
        #expect(membership == Membership([alice]))
    }

    @Test("a user who comes back has two stays, and misses what is between")
    func twoStays() {
        var membership = Membership([alice, bob])
        _ = membership.remove(bob, at: 2)
        _ = membership.add(bob, at: 5)
        #expect((1...6).map { membership.members(at: $0).contains(bob) } == [true, true, false, false, true, true])
        #expect(Membership(stays: membership.stays.reversed()) == membership)
    }

    @Test("stays that have ended can be forgotten, others cannot")
    func forgets() {
        var membership = Membership([alice, bob])
        _ = membership.remove(bob, at: 2)
        #expect(membership.forget(upTo: 1) == [])
        #expect(membership.forget(upTo: 2).map(\.user) == [bob])
        #expect(membership.stays.map(\.user) == [alice])
    }

    @Test("the hash is one of the set of members: of neither order nor past, and another for another set")
    func hash() {
        var membership = Membership([alice, bob, carol])
        _ = membership.remove(bob, at: 2)
        #expect(membership.currentHash == Membership([alice, carol]).currentHash)
        #expect(membership.currentHash != Membership([alice, bob]).currentHash)
        #expect(membership.currentHash != Membership([alice, bob, carol]).currentHash)
        _ = membership.add(bob, at: 3)
        #expect(membership.currentHash == Membership([alice, bob, carol]).currentHash)
    }
}
