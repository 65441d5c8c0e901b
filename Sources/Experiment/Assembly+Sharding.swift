internal import Chat
internal import ErasureCoding
internal import Scenario

extension Assembly {
    /// How shards are spread; nothing if a scenario says nothing about it.
    static func sharding(_ system: SystemModel) -> ShardingConfiguration? {
        guard let model = system.sharding else { return nil }
        return ShardingConfiguration(
            partitioning: model.isByMessage ? .byMessage : .byUser,
            initialServerCount: UInt32(system.storage.count - model.addedServerCount),
            staleRequests: model.forwardsStaleRequests ? .forward : .redirect, catchesUp: model.catchesUp,
            chunkRowsMax: Int(model.chunkRowsMax), movesAtOnceMax: Int(model.movesAtOnceMax),
            stepTimeoutNanoseconds: model.stepTimeoutNanoseconds,
            growth: model.growth.map {
                ShardingConfiguration.GrowthStep(
                    timeNanoseconds: $0.timeNanoseconds, serverCount: UInt32($0.serverCount))
            },
            replication: system.replication.map {
                ShardingConfiguration.Replication(
                    copyCount: UInt32($0.copies), waitsForCopies: $0.waitsForCopies, repairs: $0.repairs,
                    detectNanoseconds: $0.detectNanoseconds)
            })
    }

    /// How logs are kept on data nodes; nothing if they are not.
    static func reedSolomon(_ system: SystemModel) -> ReedSolomonConfiguration? {
        system.reedSolomon.map {
            ReedSolomonConfiguration(
                code: ErasureCode(dataCount: Int($0.dataCount), parityCount: Int($0.parityCount)),
                dataNodeCount: UInt32($0.dataNodeCount), sealBytes: $0.sealBytes, scrubNanoseconds: $0.scrubNanoseconds,
                repairs: $0.repairs, timeoutNanoseconds: $0.timeoutNanoseconds)
        }
    }
}
