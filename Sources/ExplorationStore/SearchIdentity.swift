/// What a digest is a function of, beside the seed: searches with the same identity are one search, and outcomes of one are outcomes of
/// the other.
///
/// It holds the whole text and not a hash of it, so that two searches are never taken for one, and a store says by itself what was searched.
/// The path of the file is no part of it: a scenario may be moved.
public struct SearchIdentity: Hashable, Sendable {
    /// The text of the scenario file.
    public var scenario: String
    /// What was changed on the command line, each as `path=value`, in order.
    public var overrides: [String]
    /// The version of Confab.
    public var version: String
    /// The planted bug that was selected; nothing for the system as it is.
    public var mutant: String?

    /// Names a search.
    public init(scenario: String, overrides: [String], version: String, mutant: String? = nil) {
        self.scenario = scenario
        self.overrides = overrides
        self.version = version
        self.mutant = mutant
    }
}
