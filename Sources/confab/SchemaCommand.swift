import ArgumentParser
import Plan
import Scenario

/// `confab schema`.
struct SchemaCommand: ParsableCommand {
    /// What a file can describe.
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case scenario, plan
    }

    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of scenario or plan files, for editors.",
        discussion: """
            Save it, and begin a scenario file with `# yaml-language-server: $schema=scenario.schema.json`: editors that know \
            the YAML language server then complete keys and explain them.
            """)

    @Argument(help: "What the files describe: a scenario or a plan.")
    var language = Language.scenario

    func run() throws {
        switch language {
        case .scenario: StandardOutput.write(Scenario.jsonSchema())
        case .plan: StandardOutput.write(Plan.jsonSchema())
        }
    }
}
