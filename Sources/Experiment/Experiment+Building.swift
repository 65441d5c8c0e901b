internal import World

extension Experiment {
    /// How far the building of a world has got.
    public struct BuildingProgress: Hashable, Sendable {
        /// Processes that are there, of all.
        public let processCount: UInt64
        /// How many there will be.
        public let processTotal: UInt64
        /// Connections that are open, of those with which the run begins.
        public let connectionCount: UInt64
        /// How many there will be.
        public let connectionTotal: UInt64
        /// The share of the work that is done, from zero to one.
        public let share: Double

        init(_ progress: World.BuildingProgress) {
            processCount = UInt64(progress.processCount)
            processTotal = UInt64(progress.processTotal)
            connectionCount = UInt64(progress.connectionCount)
            connectionTotal = UInt64(progress.connectionTotal)
            share = progress.share
        }
    }

    /// A world was not built to its end, since whoever watched wanted it to stop.
    public struct BuildingStopped: Error {
        /// How far it had got.
        public let progress: BuildingProgress
    }
}
