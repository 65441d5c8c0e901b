import Chat
import Simulation
import World

extension WorldConfiguration {
    /// A world with one load balancer, some chat servers, one storage server and two users with a phone each.
    static func small(
        chatServerCount: UInt32, script: [ScriptedAction] = [], hostFaults: [HostFault] = [],
        linkFaults: [LinkFault] = []
    ) -> WorldConfiguration {
        let retry = RetryPolicy(
            firstNanoseconds: 500_000_000, factorThousandths: 2000, maxNanoseconds: 4_000_000_000,
            jitterPartsPerBillion: 0, attemptsMax: 0)
        let host = HostConfiguration(
            cores: 1, messageNanoseconds: 1_000_000, connectionNanoseconds: 1_000_000, logSyncNanoseconds: .constant(0))
        func link(_ latency: UInt64) -> Link {
            Link(latencyNanoseconds: .constant(latency), loss: .never, bytesPerSecond: 0)
        }
        return WorldConfiguration(
            seed: 1, loadBalancerCount: 1, chatServerCount: chatServerCount, storageServerCount: 1,
            loadBalancerHost: host, chatServerHost: host, storageHost: host,
            chatServer: ChatServerConfiguration(
                acknowledge: .afterReceive, offline: .storeAndRedeliver, connectionsMax: 100,
                heartbeatTimeoutNanoseconds: 3_000_000_000, sweepPeriodNanoseconds: 1_000_000_000,
                poolConnectionsPerStorageServer: 4, storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 500_000_000,
                requestRetry: retry),
            client: ClientConfiguration(
                sequencing: .perUserSequence, inFlightMax: 1, retry: retry, reconnect: retry,
                connectTimeoutNanoseconds: 1_000_000_000, heartbeatPeriodNanoseconds: 1_000_000_000,
                heartbeatTimeoutNanoseconds: 3_000_000_000), lastMile: link(10_000_000), dataCenter: link(1_000_000),
            listedUsers: [
                ListedUser(deviceCount: 1, startsOnline: true), ListedUser(deviceCount: 1, startsOnline: true),
            ], script: script, hostFaults: hostFaults, linkFaults: linkFaults)
    }
}
