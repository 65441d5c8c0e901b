public import Language

extension Plan {
    /// Whether a text says that it is a plan, rather than a scenario: whether it has the key `confab_plan` at the top. Of a text that is not
    /// YAML, a line that begins with the key says so.
    public static func isPlan(_ text: String) -> Bool {
        guard let document = try? Document(text: text, file: "") else {
            return text.split(separator: "\n").contains { $0.hasPrefix("confab_plan:") }
        }
        return document["confab_plan"] != nil
    }

    /// Reads a plan from the text of a file.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The name of the file, for error messages and for the origin of values.
    ///   - overrides: Changes from the command line, which are made before anything is read.
    /// - Throws: ``DocumentErrors`` with everything that is wrong.
    /// - Complexity: O(length of the text).
    public static func load(text: String, file: String, overrides: [Override] = []) throws(DocumentErrors) -> Plan {
        try overrides.applied { overrides throws(DocumentErrors) in
            try read(PlanSource(text: text, file: file, overrides: overrides, substitutes: [:]))
        }
    }

    /// Reads a plan from the bytes of a file, which may not be text at all.
    public static func load(bytes: [UInt8], file: String, overrides: [Override] = []) throws(DocumentErrors) -> Plan {
        try load(text: SourceText.text(bytes: bytes, file: file), file: file, overrides: overrides)
    }

    /// The same plan with other changes made beside those from the command line.
    ///
    /// - Throws: ``DocumentErrors`` if the plan is not valid with them.
    public func with(_ overrides: [Override]) throws(DocumentErrors) -> Plan {
        try overrides.applied { overrides throws(DocumentErrors) in
            try Self.read(
                PlanSource(
                    text: source.text, file: source.file, overrides: source.overrides + overrides,
                    substitutes: source.substitutes))
        }
    }

    /// The same plan with another number in place of that of a key, which is kept within its limits; a whole one is rounded.
    ///
    /// - Parameters:
    ///   - number: In the unit of the key's value.
    ///   - key: One of the numbers in ``keys``.
    /// - Throws: ``DocumentErrors`` if the number does not go with those of other keys.
    public func with(_ number: Double, for key: PlanKey) throws(DocumentErrors) -> Plan {
        guard let limits = key.limits else { preconditionFailure("\(key.key) is no number") }
        var substitutes = source.substitutes
        let inside = min(max(number, limits.lowerBound), limits.upperBound)
        substitutes[key.key] = key.isWhole ? inside.rounded() : inside
        return try Self.read(
            PlanSource(text: source.text, file: source.file, overrides: source.overrides, substitutes: substitutes))
    }

    /// The JSON Schema (draft 7) of plan files, for editors.
    public static func jsonSchema() -> String {
        ValueKind<RawPlan>.plan(PlanRecord(overrides: [], substitutes: [:])).jsonSchema(title: "Confab plan")
    }

    private static func read(_ source: PlanSource) throws(DocumentErrors) -> Plan {
        let diagnostics = DiagnosticCollector(file: source.file)
        guard let text = SourceText(source.text, diagnostics: diagnostics) else { throw diagnostics.errors }
        let root = source.overrides.reduce(text.root) { $1.applied(to: $0, diagnostics: diagnostics) }
        let record = PlanRecord(overrides: source.overrides, substitutes: source.substitutes)
        guard let raw = ValueKind<RawPlan>.plan(record).read(root, diagnostics), diagnostics.isEmpty else {
            throw diagnostics.errors
        }
        return Plan(
            name: raw.name, description: raw.description, demand: raw.demand, objectives: raw.objectives,
            hardware: raw.hardware, prices: raw.prices, policies: raw.policies, costs: raw.costs,
            simulation: raw.simulation, keys: record.keys,
            file: source.file, source: source)
    }
}
