import ArgumentParser
import Experiment
import Exploration

/// The option that plants a bug.
struct MutantOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Plant a bug, to see that it is found; `confab explore --list-mutants` lists them.", valueName: "name"))
    var mutant: String?

    func validate() throws {
        guard let mutant, entry == nil else { return }
        throw ValidationError("no planted bug is called `\(mutant)`; `confab explore --list-mutants` lists them")
    }

    /// The bug, if one is to be planted.
    var entry: MutantCatalogue.Entry? { mutant.flatMap(MutantCatalogue.entry(named:)) }

    /// Plants the bug in what a run is made with.
    func plant(in options: inout Experiment.Options) { options.mutant = entry?.mutant }

    /// The option as it would be typed again.
    var arguments: String { mutant.map { " --mutant \($0)" } ?? "" }
}
