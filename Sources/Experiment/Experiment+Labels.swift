public import Language

extension Experiment {
    /// Why a valid scenario cannot be run as asked.
    public struct SetupError: Error, CustomStringConvertible {
        /// What to do about it.
        public let description: String
        /// Where the scenario asks for what cannot be, if it is a place in its text.
        public var position: SourcePosition?
    }

    /// How a run is described to people and programs beside what it did.
    public struct Labels: Sendable {
        /// The path of the scenario file.
        public let scenarioPath: String
        /// The version of Confab.
        public let version: String
        /// The command that repeats the run.
        public let replay: String

        /// Puts labels together.
        public init(scenarioPath: String, version: String, replay: String) {
            self.scenarioPath = scenarioPath
            self.version = version
            self.replay = replay
        }
    }
}
