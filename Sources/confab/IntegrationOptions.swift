import ArgumentParser
import Foundation
import Reporting

/// The options for continuous integration.
struct IntegrationOptions: ParsableArguments {
    @Option(
        name: .customLong("junit"),
        help: ArgumentHelp("Write a report in the format of JUnit, whole or not at all.", valueName: "file"),
        completion: .file(extensions: ["xml"]))
    var junitPath: String?

    @Flag(help: "Print what GitHub shows beside the lines of the scenario, at the end of standard output.")
    var github = false

    /// Finds what would otherwise fail when all is done.
    func validate(json: Bool) throws {
        if json, github {
            throw ValidationError("--json prints one object and nothing else, so that it excludes --github")
        }
        _ = try junitFile
    }

    private var junitFile: OutputFile? {
        get throws {
            try junitPath.map {
                try OutputFile(path: $0, signature: JUnitReport.signature, force: false, canForce: false)
            }
        }
    }

    /// Writes the report, if it is wanted.
    func write(_ report: JUnitReport) throws {
        try junitFile?.write(report.xml, quietly: true)
    }

    /// Prints annotations, if they are wanted.
    func print(_ annotations: [GitHubAnnotation]) {
        guard github else { return }
        for annotation in annotations { StandardOutput.write(annotation.text) }
    }
}
