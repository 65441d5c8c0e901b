import Testing

@testable import Scenario

@Suite("Templates")
struct ScenarioTemplateTests {
    @Test("every template is a valid scenario", arguments: ScenarioTemplate.all.map(\.text))
    func valid(text: String) throws {
        _ = try Scenario.load(text: text, file: "template")
    }

    @Test("names are unique and purposes are given")
    func names() {
        #expect(Set(ScenarioTemplate.all.map(\.name)).count == ScenarioTemplate.all.count)
        #expect(ScenarioTemplate.all.allSatisfy { !$0.purpose.isEmpty })
    }
}
