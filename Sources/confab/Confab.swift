import ArgumentParser

/// The command line.
@main
struct Confab: ParsableCommand {
    /// The version of Confab; it is part of what a digest is a function of.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "confab",
        abstract: "Run a whole chat system on one machine, the same way every time.",
        discussion: """
            A scenario file says what the system is, who uses it, what they do and what goes wrong. `confab run` shows what \
            becomes of it; `confab check` compares what becomes of many with what they expect.

            Start with `confab new race.yaml` and `confab run race.yaml`.

            Exit status: 0 everything as expected; 1 an expectation or invariant failed; 64 wrong usage; 65 a scenario \
            file is not valid; 70 an error in Confab itself.
            """,
        version: version,
        subcommands: [
            RunCommand.self, CheckCommand.self, ValidateCommand.self, SchemaCommand.self, NewCommand.self,
            DiffCommand.self, ExploreCommand.self, ShrinkCommand.self, MutantsCommand.self, TraceCommand.self,
            PlanCommand.self, CalibrateCommand.self, BenchCommand.self,
        ])

    /// Runs the command that the arguments name. An error that no command expects is one of Confab itself.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as ExitCode {
            exit(withError: error)
        } catch  where exitCode(for: error) != .failure {
            exit(withError: error)
        } catch {
            StandardError.write("confab: internal error: \(error)\n")
            exit(withError: ExitCode(70))
        }
    }
}
