internal import Chat
internal import Scenario
internal import Simulation
internal import World

extension Assembly {
    /// The object stores, if there are any.
    static func objectStores(_ system: SystemModel) -> ObjectStoreTier? {
        system.media.map { media in
            ObjectStoreTier(
                serverCount: UInt32(media.tier.count),
                host: host(media.tier, .objectStore, in: system, diskBytesPerSecond: media.diskBytesPerSecond),
                confirmation: media.confirmsBeforeSync ? .beforeSync : .afterSync)
        }
    }

    /// How devices send large content; nothing if as any other.
    static func media(_ system: SystemModel) -> MediaConfiguration? {
        system.media.map { media in
            MediaConfiguration(
                inlineBytesMax: UInt32(media.inlineBytesMax), transfersMax: Int(media.transfersMax),
                timeoutNanoseconds: media.timeoutNanoseconds, retry: retry(media.retry))
        }
    }

    /// Which messages of a population carry media.
    static func media(_ model: PopulationMediaModel) -> Population.Media {
        Population.Media(
            share: Probability(partsPerBillion: model.sharePartsPerBillion), contentBytes: distribution(model.bytes))
    }
}
