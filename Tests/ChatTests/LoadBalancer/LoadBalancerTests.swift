import Testing

@testable import Chat

@Suite("Load balancers that watch chat servers")
struct LoadBalancerTests {
    private static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 2, chatServerCount: 3, storageServerCount: 1)
    private static let device = DeviceID(user: UserID(4), index: 0)
    private static let phone = Address(process: 99)

    /// A load balancer that asks every 10 ns and waits 30 ns.
    private func balancer(_ number: UInt32 = 0, _ law: ServerMapping.Law = .modulo) -> LoadBalancer {
        LoadBalancer(
            number: number, placement: Self.placement,
            balancing: BalancingConfiguration(
                mapping: ServerMapping(law, serverCount: 3),
                healthChecks: BalancingConfiguration.HealthChecks(periodNanoseconds: 10, timeoutNanoseconds: 30)))
    }

    private func receive(
        _ message: WireMessage, by balancer: inout LoadBalancer, at now: UInt64, words: [UInt64] = []
    ) -> [Effect] {
        var outbox = Outbox()
        words.withUnsafeBufferPointer {
            balancer.receive(message, words: $0, from: Self.phone, nowNanoseconds: now, outbox: &outbox)
        }
        return outbox.effects
    }

    private func check(_ balancer: inout LoadBalancer, at now: UInt64) -> [Effect] {
        var outbox = Outbox()
        balancer.fire(TimerToken(kind: 1, value: 0), nowNanoseconds: now, outbox: &outbox)
        return outbox.effects
    }

    private func answer(
        of server: UInt32, to balancer: inout LoadBalancer, at now: UInt64, connections: UInt32 = 0,
        version: MembershipVersion = .initial
    ) -> [Effect] {
        receive(
            .balancing(.healthAnswer(server: server, version: version, connections: connections)), by: &balancer,
            at: now)
    }

    /// Who is told of which version of the membership.
    private func told(_ effects: [Effect]) -> [UInt32] {
        effects.compactMap {
            guard case .sendAttached(.balancing(.membership), let address, _, _, _) = $0 else { return nil }
            return address.process
        }
    }

    private func server(_ balancer: inout LoadBalancer, at now: UInt64) -> UInt32? {
        for case .send(.assigned(_, let server), _, _) in receive(.resolve(Self.device), by: &balancer, at: now) {
            return server
        }
        return nil
    }

    @Test("every chat server is asked, and asked again after the period")
    func asks() {
        var balancer = balancer()
        var outbox = Outbox()
        balancer.start(nowNanoseconds: 0, outbox: &outbox)
        let checked = outbox.effects.filter {
            if case .send(.balancing(.healthCheck), _, _) = $0 { true } else { false }
        }
        #expect(checked.count == 3)
        #expect(outbox.effects.contains(.timer(TimerToken(kind: 1, value: 0), afterNanoseconds: 10)))
    }

    @Test("a chat server that does not answer in time is no member; its users are mapped to others until it answers")
    func lost() {
        var balancer = balancer()
        var outbox = Outbox()
        balancer.start(nowNanoseconds: 0, outbox: &outbox)
        for server in [0, 2] as [UInt32] { _ = answer(of: server, to: &balancer, at: 25) }
        #expect(server(&balancer, at: 29) == 1)
        // Members are told, and the other load balancer.
        let effects = check(&balancer, at: 30)
        #expect(told(effects) == [2, 4, 1])
        #expect(server(&balancer, at: 30) == 0, "user 4 of members 0 and 2")
        #expect(told(answer(of: 1, to: &balancer, at: 40)).contains(3))
        #expect(server(&balancer, at: 40) == 1)
    }

    @Test("a chat server that missed a view is told at its next answer")
    func missed() {
        var balancer = balancer()
        var outbox = Outbox()
        balancer.start(nowNanoseconds: 0, outbox: &outbox)
        for server in [0, 2] as [UInt32] { _ = answer(of: server, to: &balancer, at: 25) }
        _ = check(&balancer, at: 30)
        #expect(told(answer(of: 2, to: &balancer, at: 31)) == [4])
        #expect(
            told(answer(of: 2, to: &balancer, at: 32, version: MembershipVersion.initial.next(issuedBy: 0))).isEmpty)
    }

    @Test("the last member stays one")
    func last() {
        var balancer = balancer()
        var outbox = Outbox()
        balancer.start(nowNanoseconds: 0, outbox: &outbox)
        _ = check(&balancer, at: 100)
        #expect(server(&balancer, at: 100) != nil)
    }

    @Test("the second load balancer decides only once it has not heard of the first for the time-out")
    func succession() {
        var balancer = balancer(1)
        var outbox = Outbox()
        balancer.start(nowNanoseconds: 0, outbox: &outbox)
        #expect(!balancer.decides(atNanoseconds: 29))
        _ = receive(
            .balancing(.membership(MembershipVersion.initial.next(issuedBy: 0), from: 0)), by: &balancer, at: 20,
            words: [0b101])
        #expect(server(&balancer, at: 20) == 0, "it maps as the first says")
        #expect(!balancer.decides(atNanoseconds: 49) && balancer.decides(atNanoseconds: 50))
    }

    @Test("with two choices a device goes to the less loaded server, as reported and as sent since")
    func twoChoices() {
        var balancer = balancer(0, .leastLoadedOfTwo)
        let mapping = ServerMapping(.leastLoadedOfTwo, serverCount: 3)
        let first = mapping.server(of: 4)
        let second = mapping.server(of: 4, rank: 1)
        var outbox = Outbox()
        balancer.start(nowNanoseconds: 0, outbox: &outbox)
        _ = answer(of: first, to: &balancer, at: 1, connections: 7)
        _ = answer(of: second, to: &balancer, at: 1, connections: 5)
        #expect((0..<3).map { _ in server(&balancer, at: 2) } == [second, second, first])
    }

    @Test("on a ring a device that a full server refused is sent to the next")
    func another() {
        var balancer = balancer(0, .consistent)
        let mapping = ServerMapping(.consistent, serverCount: 3)
        let effects = receive(.balancing(.resolveAnother(Self.device, rank: 1)), by: &balancer, at: 0)
        #expect(
            effects == [
                .send(
                    .balancing(.assignedAnother(Self.device, chatServer: mapping.server(of: 4, rank: 1), rank: 1)),
                    to: Self.phone, fromPort: 0)
            ])
    }
}
