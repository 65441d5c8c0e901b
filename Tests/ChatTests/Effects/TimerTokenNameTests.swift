import Testing

@testable import Chat

@Suite("Names of timers")
struct TimerTokenNameTests {
    @Test("a timer is called by what its owner uses it for")
    func named() {
        func name(_ kind: UInt16, _ owner: TimerToken.Owner) -> String {
            TimerToken(kind: kind, value: 7).name(of: owner)
        }
        #expect(name(Client.TimerKind.heartbeat.rawValue, .device) == "heartbeat")
        #expect(name(Client.TimerKind.mediaTimeout.rawValue, .device) == "media timeout")
        #expect(name(ChatServer.TimerKind.failedLogProbe.rawValue, .chatServer) == "failed log probe")
        #expect(name(StorageServer.ShardTimerKind.whatIsMine.rawValue, .storageServer) == "what is mine")
        #expect(name(Archive.TimerKind.scrub.rawValue, .storageServer) == "scrub")
        #expect(name(StorageServer.waitToken.kind, .storageServer) == "waiting write")
        #expect(name(ShardCoordinator.TimerKind.growth.rawValue, .coordinator) == "growth")
        #expect(name(CacheServer.TimerKind.secondIndex.rawValue, .cacheServer) == "second index")
        #expect(name(LoadBalancer.TimerKind.healthCheck.rawValue, .loadBalancer) == "health check")
    }

    @Test("a timer that its owner does not know has a number", arguments: TimerToken.Owner.allCases)
    func unknown(owner: TimerToken.Owner) {
        #expect(TimerToken(kind: 63, value: 0).name(of: owner) == "timer 63")
    }
}
