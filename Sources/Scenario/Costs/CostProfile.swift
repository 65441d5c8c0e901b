public import Language
internal import Yams

/// A file that says what it costs to handle kinds of messages, measured or published, for scenarios and plans to use.
public struct CostProfile: Hashable, Sendable {
    /// With what the file of every profile begins that Confab writes.
    public static let signature = "confab_costs: 1\n"

    /// Where the costs come from, in words.
    public let source: String
    /// The costs.
    public let costs: CostModel

    /// Whether a text is meant to be a profile, right or wrong: whether it has the key that only profiles have.
    public static func isProfile(_ text: String) -> Bool {
        guard let document = try? Document(text: text, file: "") else {
            return text.split(separator: "\n").contains { $0.hasPrefix("confab_costs:") }
        }
        return document["confab_costs"] != nil
    }

    /// What handling a kind costs on one core of a server of a tier, in nanoseconds; nothing if the profile does not say.
    public func nanoseconds(of kind: String, on tier: TierName) -> UInt64? {
        costs.costs.first { $0.tier == tier && $0.kind == kind }?.nanoseconds
    }

    /// Reads a profile from the bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, which may not be text at all.
    ///   - file: The name of the file, for error messages.
    /// - Throws: ``DocumentErrors`` with everything that is wrong.
    public static func load(bytes: [UInt8], file: String) throws(DocumentErrors) -> CostProfile {
        try load(text: try SourceText.text(bytes: bytes, file: file), file: file)
    }

    /// Reads a profile from the text of a file.
    public static func load(text: String, file: String) throws(DocumentErrors) -> CostProfile {
        let diagnostics = DiagnosticCollector(file: file)
        guard let source = SourceText(text, diagnostics: diagnostics),
            let profile = ValueKind<CostProfile>.costProfile.read(source.root, diagnostics), diagnostics.isEmpty
        else { throw diagnostics.errors }
        if profile.costs.costs.isEmpty {
            diagnostics.report("a profile gives the cost of at least one kind", at: source.root.position)
            throw diagnostics.errors
        }
        return profile
    }

    /// A line of a profile that is written.
    public struct Entry: Hashable, Sendable {
        /// The tier.
        public let tier: TierName
        /// The name of the kind.
        public let kind: String
        /// The cost, in nanoseconds on one core.
        public let nanoseconds: UInt64
        /// A remark about it; none if it is empty.
        public let comment: String

        /// Puts a line together.
        public init(tier: TierName, kind: String, nanoseconds: UInt64, comment: String) {
            self.tier = tier
            self.kind = kind
            self.nanoseconds = nanoseconds
            self.comment = comment
        }
    }

    /// The text of a profile, which ``load(text:file:)`` reads.
    ///
    /// - Parameters:
    ///   - source: Where the costs come from, in words.
    ///   - remarks: Lines for people who read the file.
    ///   - entries: The costs, in any order.
    public static func text(source: String, remarks: [String], entries: [Entry]) -> String {
        var lines = remarks.map { $0.isEmpty ? "#" : "# \($0)" }
        lines.append("source: \(Document.value(source).flowText)")
        lines.append("costs:")
        for tier in TierName.allCases {
            let own = entries.filter { $0.tier == tier }.sorted { $0.kind < $1.kind }
            if !own.isEmpty { lines.append("  \(tier.rawValue):") }
            for entry in own {
                let cost = "    \(entry.kind): \(entry.nanoseconds)ns"
                lines.append(entry.comment.isEmpty ? cost : "\(cost)  # \(entry.comment)")
            }
        }
        return signature + lines.joined(separator: "\n") + "\n"
    }

    /// The changes to a scenario that make it cost what the profile says. What the scenario has no use for is left out.
    ///
    /// - Parameter scenario: The scenario without the profile, with any other changes.
    public func overrides(for scenario: Scenario) -> [Override] {
        costs.costs.filter { scenario.reasonWithout($0.kind, on: $0.tier) == nil }.map {
            Override(
                path: ["system", "costs", $0.tier.rawValue, $0.kind], value: "\($0.nanoseconds)ns",
                source: "the cost profile")
        }
    }
}

extension ValueKind where Value == CostProfile {
    /// A whole file.
    fileprivate static var costProfile: ValueKind {
        .section { reader in
            _ = reader.required("confab_costs", .integer(1...1), "The version of the language of cost profiles: 1.")
            return CostProfile(
                source: reader.required("source", .text(1...1000), "Where the costs come from."),
                costs: reader.required(
                    "costs", .costs, "What handling costs, by tier and kind, as under `system.costs` of a scenario."))
        }
    }
}
