extension RunSummary {
    /// Something that must happen under some seed of a search. In a single run it need not.
    public struct Goal: Encodable, Sendable {
        /// What it is.
        public var what: String
        /// What the run came to.
        public var actual: String
        /// Whether it happened.
        public var reached: Bool

        /// Puts a goal together.
        public init(what: String, actual: String, reached: Bool) {
            self.what = what
            self.actual = actual
            self.reached = reached
        }
    }
}
