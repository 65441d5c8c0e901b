package import Scenario

/// Looks for a planted bug.
package struct MutantTrial: Sendable {
    /// Within how many seeds a planted bug is to be found.
    package static let seedsMax: UInt64 = 1000

    /// The bug.
    package let entry: MutantCatalogue.Entry
    /// The scenario under which it is looked for.
    package let scenario: Scenario

    /// Prepares to look for a bug.
    package init(_ entry: MutantCatalogue.Entry, in scenario: Scenario) {
        self.entry = entry
        self.scenario = scenario
    }

    /// The first seed from some seed on under which the bug's invariant is violated; nothing if it is under none of ``seedsMax``.
    ///
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run.
    package func seedThatFinds(from first: UInt64, shouldGoOn: () -> Bool = { true }) throws -> UInt64? {
        let runner = SeedRunner(scenario, mutant: entry.mutant)
        return try (first..<first + Self.seedsMax).first { seed in
            try runner.run(seed: seed, shouldGoOn: shouldGoOn)?.outcome.failures
                .contains { $0.invariant == entry.invariant } ?? false
        }
    }

    /// The first of some seeds under which anything fails without the bug; nothing if the scenario is as it should be.
    ///
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run.
    package func seedThatFailsWithout(among seeds: ClosedRange<UInt64>) throws -> UInt64? {
        let runner = SeedRunner(scenario)
        return try seeds.first { try runner.run(seed: $0, shouldGoOn: { true })?.outcome.failures.isEmpty == false }
    }

    /// How many seeds it takes to find the bug from each of some seeds on, the middle one of them; nothing if it is not found once.
    ///
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run.
    package func medianSeeds(from starts: [UInt64], shouldGoOn: () -> Bool) throws -> UInt64? {
        var needed: [UInt64] = []
        for start in starts {
            guard let found = try seedThatFinds(from: start, shouldGoOn: shouldGoOn) else { return nil }
            needed.append(found - start + 1)
        }
        return needed.sorted()[needed.count / 2]
    }
}
