/// Where a default is from.
public struct Reference: Hashable, Sendable {
    /// How well founded it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// It was read in the source.
        case read
        /// It was computed from what was read there.
        case computed
        /// It has no source: whoever plans should put a figure of their own in its place.
        case estimate
    }

    /// How well founded it is.
    public let kind: Kind
    /// The source; for an estimate, what it rests on.
    public let text: String

    static func read(_ text: String) -> Reference { Reference(kind: .read, text: text) }
    static func computed(_ text: String) -> Reference { Reference(kind: .computed, text: text) }
    static func estimate(_ text: String) -> Reference { Reference(kind: .estimate, text: text) }
}

/// Who said a value of a plan.
public enum Origin: Hashable, Sendable {
    /// The plan file, in this line.
    case file(line: Int)
    /// The command line.
    case commandLine
    /// A cost profile, in words.
    case costProfile(String)
    /// Nobody: it is the default, which is from somewhere.
    case byDefault(Reference)

    /// Whether the value is a default that has no source.
    public var isEstimate: Bool {
        if case .byDefault(let reference) = self { reference.kind == .estimate } else { false }
    }
}

/// A value of a plan that knows where it came from.
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value; a number is in ``unit``.
    public let value: Value
    /// The keys that lead to it from the top of the file.
    public let path: [String]
    /// What a number is counted in: `s`, `B`, `B/s`, `ratio` for a share, or a word such as `users`. Empty for what is no number.
    public let unit: String
    /// Where it came from.
    public let origin: Origin
    /// Between which values it may be, as far as anybody says so, in ``unit``.
    public let range: ClosedRange<Double>?

    /// The key in words, without the section at the top: `media size`.
    public var name: String {
        path.dropFirst().joined(separator: " ").replacing("_", with: " ")
    }

    /// The path as it is written after `--set`.
    public var key: String { path.joined(separator: ".") }
}

/// A key of a plan, with what was said of it: for a list of all assumptions.
public struct PlanKey: Hashable, Sendable {
    /// The path as it is written after `--set`.
    public let key: String
    /// What the key means.
    public let meaning: String
    /// The value as a number, if it is one.
    public let number: Sourced<Double>?
    /// Within which limits the number must lie; nothing for a choice.
    public let limits: ClosedRange<Double>?
    /// Whether only whole numbers have a meaning.
    public let isWhole: Bool
    /// The value as a word, if it is a choice.
    public let choice: String?
    /// Where it came from.
    public let origin: Origin
}
