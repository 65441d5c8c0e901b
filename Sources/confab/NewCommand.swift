import ArgumentParser
import Foundation
import Scenario

/// `confab new`.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a first scenario file that you can change.",
        discussion: "Templates:\n"
            + ScenarioTemplate.all.map { "  \($0.name): \($0.purpose)" }.joined(separator: "\n"))

    @Argument(help: "The file to write.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(help: ArgumentHelp("Which template to begin with.", valueName: "name"))
    var template = ScenarioTemplate.all[0].name

    @Flag(help: "Write over a file that exists.")
    var force = false

    func run() throws {
        guard let chosen = ScenarioTemplate.all.first(where: { $0.name == template }) else {
            let names = ScenarioTemplate.all.map(\.name).joined(separator: ", ")
            throw ValidationError("there is no template `\(template)`; there are \(names)")
        }
        if !force, FileManager.default.fileExists(atPath: file) {
            throw ValidationError("\(file) exists; give another name, or --force to write over it")
        }
        do {
            try Data(chosen.text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw ValidationError("\(file) cannot be written: \(error.localizedDescription)")
        }
        StandardOutput.write("wrote \(file); run it with: confab run \(shellQuoted(file))\n")
    }
}
