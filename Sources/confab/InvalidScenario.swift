import ArgumentParser
import Experiment
import Language
import Reporting
import Scenario

/// A scenario or plan file that cannot be used, and why.
struct InvalidScenario: Error {
    /// Something that is wrong with it.
    struct Problem: Hashable {
        let file: String
        /// Where; nothing for the file as a whole.
        let position: SourcePosition?
        let message: String

        /// The form that compilers use.
        var line: String {
            "\(file)\(position.map { ":\($0.line):\($0.column)" } ?? ""): error: \(message)"
        }

        /// The form that GitHub shows beside the line.
        var annotation: GitHubAnnotation {
            GitHubAnnotation(
                file: file, line: position?.line, column: position?.column, title: "scenario is not valid",
                message: message)
        }
    }

    let problems: [Problem]

    init(problems: [Problem]) {
        self.problems = problems
    }

    /// A file that its language does not allow.
    init(_ errors: DocumentErrors) {
        problems = errors.diagnostics.map { Problem(file: $0.file, position: $0.position, message: $0.message) }
    }

    /// A file with one thing wrong that has no place in it.
    init(_ file: String, _ message: String) {
        problems = [Problem(file: file, position: nil, message: message)]
    }

    /// A file that asks for what its own system has not.
    ///
    /// - Returns: Nothing if it is not a place in the file that is wrong.
    init?(_ error: Experiment.SetupError, file: String) {
        guard let position = error.position else { return nil }
        problems = [Problem(file: file, position: position, message: error.description)]
    }

    /// Writes the reasons to standard error, and where GitHub is to show them to standard output, and ends with exit status 65.
    func exit(annotates: Bool = false) -> ExitCode {
        for problem in problems {
            StandardError.write(problem.line + "\n")
            if annotates { StandardOutput.write(problem.annotation.text) }
        }
        return ExitCode(65)
    }
}

extension Experiment.SetupError {
    /// How a command ends that came upon this error: with the place in the file if it has one, else as wrong usage.
    func end(file: String, annotates: Bool = false) -> any Error {
        InvalidScenario(self, file: file)?.exit(annotates: annotates) ?? ValidationError(description)
    }
}
