public import Language
public import Plan

/// A plan with several values of one key, side by side.
public struct Sweep: Hashable, Sendable {
    /// The path of the key.
    public let key: String
    /// The plan with each value, in the order in which they were given.
    public let variants: [Variant]

    /// What is to be swept: `policies.chat_servers.zones=2,3,4`.
    public struct Wish: Hashable, Sendable {
        /// The path of the key.
        public let key: String
        /// The values, as they would be written in the file.
        public let values: [String]

        /// Reads a wish. Commas within brackets and quotes do not part values.
        ///
        /// - Returns: Nothing if the text is not of the form `path=value,value`, or a value is empty.
        public init?(_ text: String) {
            guard let override = Override(text) else { return nil }
            key = override.path.joined(separator: ".")
            var values = [""]
            var depth = 0
            var quote: Character?
            for character in override.value {
                if let open = quote {
                    if character == open { quote = nil }
                } else if character == "\"" || character == "'" {
                    quote = character
                } else if "[{".contains(character) {
                    depth += 1
                } else if "]}".contains(character) {
                    depth -= 1
                } else if character == ",", depth == 0 {
                    values.append("")
                    continue
                }
                values[values.count - 1].append(character)
            }
            self.values = values
            guard values.allSatisfy({ $0.contains { $0 != " " } }) else { return nil }
        }
    }

    /// Sizes a plan with each value.
    ///
    /// - Throws: ``DocumentErrors`` if the plan is not valid with one of them.
    public init(_ plan: Plan, _ wish: Wish) throws(DocumentErrors) {
        key = wish.key
        var variants: [Variant] = []
        for value in wish.values { variants.append(try Variant(value, plan, ["\(wish.key)=\(value)"])) }
        self.variants = variants
    }
}
