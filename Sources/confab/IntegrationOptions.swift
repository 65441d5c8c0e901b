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
        guard let junitPath else { return }
        let folder = URL(fileURLWithPath: junitPath).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("--junit \(junitPath): there is no folder \(folder)")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError("--junit \(junitPath): the folder \(folder) cannot be written")
        }
    }

    /// Writes the report, if it is wanted.
    func write(_ report: JUnitReport) throws {
        guard let junitPath else { return }
        try Data(report.xml.utf8).write(to: URL(fileURLWithPath: junitPath), options: .atomic)
    }

    /// Prints annotations, if they are wanted.
    func print(_ annotations: [GitHubAnnotation]) {
        guard github else { return }
        for annotation in annotations { StandardOutput.write(annotation.text) }
    }
}
