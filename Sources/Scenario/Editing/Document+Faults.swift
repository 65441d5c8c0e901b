public import Language

extension Document {
    /// The same with some faults in place of those that it says or has drawn, under the seed of a scenario. The digest that it expects goes if
    /// the scenario expects none.
    ///
    /// - Parameters:
    ///   - faults: Everything that goes wrong.
    ///   - scenario: The scenario that the document describes, under the seed.
    public func writingOut(_ faults: [FaultModel], of scenario: Scenario) -> Document {
        var document = self
        document["random_faults"] = nil
        document["faults"] = faults.isEmpty ? nil : .list(faults.map { Document(fault: $0.text(in: scenario)) })
        if scenario.expectations.digest == nil { document[[.key("expect"), .key("digest")]] = nil }
        if document["expect"]?.entries.isEmpty == true { document["expect"] = nil }
        document["seed"] = .value(String(scenario.seed))
        // Zones are gone once it is said what their loss does to each server.
        document[[.key("system"), .key("zones")]] = nil
        if document["system"]?.entries.isEmpty == true { document["system"] = nil }
        return document
    }

    private init(fault text: String) {
        do {
            try self.init(text: text, file: "")
        } catch {
            preconditionFailure("a fault that is written is not valid: \(error)")
        }
    }
}
