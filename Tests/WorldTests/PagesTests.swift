import Chat
import Simulation
import Testing
import World

/// A user reads more than the chat server keeps at hand, so that pages come from the storage.
@Suite("World: pages of the past")
struct PagesTests {
    private static let count = 150

    private func configuration(
        _ anchor: PageAnchor, connection: ConnectionConfiguration = .websocket
    ) -> WorldConfiguration {
        let retry = RetryPolicy(
            firstNanoseconds: 300_000_000, factorThousandths: 2000, maxNanoseconds: 4_000_000_000,
            jitterPartsPerBillion: 200_000_000, attemptsMax: 0)
        let requestRetry = RetryPolicy(
            firstNanoseconds: 100_000_000, factorThousandths: 2000, maxNanoseconds: 1_000_000_000,
            jitterPartsPerBillion: 0, attemptsMax: 0)
        let host = HostConfiguration(
            cores: 2, messageNanoseconds: 10_000, connectionNanoseconds: 10_000,
            logSyncNanoseconds: .lognormal(median: 400_000, p99: 4_000_000))
        func link(_ median: UInt64) -> Link {
            Link(
                latencyNanoseconds: .lognormal(median: median, p99: median * 4, floor: median / 10),
                loss: Probability(partsPerBillion: 20_000_000), bytesPerSecond: 1_000_000)
        }
        let alice = DeviceID(user: UserID(0), index: 0)
        var script = (0..<Self.count).map { index in
            ScriptedAction(
                timeNanoseconds: 1_000_000_000 + UInt64(index) * 100_000_000, device: alice,
                action: .send(to: UserID(index % 3 == 0 ? 2 : 1), contentBytes: 10))
        }
        for (second, counterpart) in [(20, nil), (21, UserID(1))] as [(UInt64, UserID?)] {
            script.append(
                ScriptedAction(
                    timeNanoseconds: second * 1_000_000_000, device: alice,
                    action: .read(
                        PageWish(
                            counterpart: counterpart, size: 20, pagesMax: 0, sinceNanoseconds: 0,
                            pauseNanoseconds: 50_000_000))))
        }
        return WorldConfiguration(
            seed: 3, loadBalancerCount: 1, chatServerCount: 2, storageServerCount: 2, loadBalancerHost: host,
            chatServerHost: host, storageHost: host,
            chatServer: ChatServerConfiguration(
                acknowledge: .afterLog, offline: .storeAndRedeliver, connectionsMax: 100,
                heartbeatTimeoutNanoseconds: 6_000_000_000, sweepPeriodNanoseconds: 1_000_000_000,
                poolConnectionsPerStorageServer: 4, storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 500_000_000,
                requestRetry: requestRetry, connection: connection),
            client: ClientConfiguration(
                sequencing: .perUserSequence, inFlightMax: 4, retry: retry, reconnect: retry,
                connectTimeoutNanoseconds: 1_000_000_000, heartbeatPeriodNanoseconds: 1_000_000_000,
                heartbeatTimeoutNanoseconds: 6_000_000_000, connection: connection, pages: anchor),
            lastMile: link(30_000_000), dataCenter: link(250_000),
            listedUsers: Array(repeating: ListedUser(deviceCount: 1, startsOnline: true), count: 3), script: script)
    }

    /// The places of the rows that the user read, by wish, and how often the storage was asked.
    private func read(
        _ configuration: WorldConfiguration, partitions: UInt32 = 1
    ) throws -> (places: [[UInt32]], scans: UInt64, digest: String) {
        let world = try World(configuration, partitionCount: partitions)
        var places: [[UInt32]] = []
        world.run(before: 60_000_000_000) { observation in
            switch observation.kind {
            case .messageWalkBegan, .conversationWalkBegan: places.append([])
            case .pageRow: places[places.count - 1].append(observation.sequence)
            default: break
            }
        }
        return (places, world.metrics["pages.storage_scans"] ?? 0, world.digest.hexadecimal)
    }

    @Test("every row is read once, from memory and from the storage", arguments: PageAnchor.allCases)
    func complete(anchor: PageAnchor) throws {
        let run = try read(configuration(anchor))
        let rows = UInt32(Self.count)
        #expect(run.places.count == 2)
        #expect(run.places[0] == Array((1...rows).reversed()))
        #expect(run.places[1].count == 100 && run.places[1] == run.places[1].sorted(by: >))
        #expect(run.scans > 4)
        #expect(try read(configuration(anchor), partitions: 4).digest == run.digest)
    }

    @Test("the same over long polls and polls")
    func polled() throws {
        for model in [
            ConnectionConfiguration.Model.longPoll(holdNanoseconds: 2_000_000_000),
            .poll(periodNanoseconds: 1_000_000_000),
        ] {
            let connection = ConnectionConfiguration(
                model: model, answerTimeoutNanoseconds: 1_000_000_000, headerBytes: 800)
            let run = try read(configuration(.byCursor, connection: connection))
            #expect(run.places.first == Array((1...UInt32(Self.count)).reversed()), "\(model)")
        }
    }
}
