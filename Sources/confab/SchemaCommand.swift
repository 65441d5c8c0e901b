import ArgumentParser
import Scenario

/// `confab schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of scenario files, for editors.",
        discussion: """
            Save it, and begin a scenario file with `# yaml-language-server: $schema=scenario.schema.json`: editors that know \
            the YAML language server then complete keys and explain them.
            """)

    func run() throws {
        StandardOutput.write(Scenario.jsonSchema())
    }
}
