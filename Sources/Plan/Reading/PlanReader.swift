internal import Language

/// What is said of a plan beside its values: the keys, in the order in which they are read.
final class PlanRecord {
    /// What was changed in the file.
    let overrides: [Override]
    /// Values that stand in place of what the file says, by key.
    let substitutes: [String: Double]
    /// The currency of all prices, once it is known.
    var currency = ""
    /// All keys that were read.
    var keys: [PlanKey] = []

    init(overrides: [Override], substitutes: [String: Double]) {
        self.overrides = overrides
        self.substitutes = substitutes
    }
}

/// Reads one section of a plan: each value with where it came from.
struct PlanReader {
    /// The section.
    let section: SectionReader
    /// The keys that lead to it.
    let path: [String]
    /// Where its keys are noted down.
    let record: PlanRecord

    /// A number with a default, or the section `{ value, low, high }` of a number with a range.
    ///
    /// - Parameters:
    ///   - text: The default, as it would be written in a file.
    ///   - reference: Where the default is from.
    ///   - range: Between which values the source puts it, in the unit of the value.
    func number(
        _ key: String, _ kind: NumberKind, unit: String, default text: String, _ reference: Reference,
        range: ClosedRange<Double>? = nil, _ meaning: String
    ) -> Sourced<Double> {
        let value = section.optional(
            key, kind.ranged, default: text, "\(meaning) Source of the default: \(reference.text).")
        return noted(key, kind, value, unit: unit, origin(of: key) ?? .byDefault(reference), range: range, meaning)
    }

    /// A number that must be there.
    func number(_ key: String, _ kind: NumberKind, unit: String, _ meaning: String) -> Sourced<Double> {
        let value = section.required(key, kind.ranged, meaning)
        return noted(key, kind, value, unit: unit, origin(of: key) ?? .file(line: 1), range: nil, meaning)
    }

    /// A number that may be left out and then has no value.
    func optionalNumber(
        _ key: String, _ kind: NumberKind, unit: String, _ meaning: String
    ) -> Sourced<Double>? {
        section.optional(key, kind.ranged, meaning).flatMap { value in
            origin(of: key).map { noted(key, kind, value, unit: unit, $0, range: nil, meaning) }
        }
    }

    /// One of a few words.
    func choice<Value: Hashable & Sendable>(
        _ key: String, _ choices: [(String, Value)], default text: String, _ reference: Reference, _ meaning: String
    ) -> Sourced<Value> {
        let value = section.optional(key, ValueKind<Value>.choice(choices), default: text, meaning)
        let origin = origin(of: key) ?? .byDefault(reference)
        let word = choices.first { $0.1 == value }?.0
        let path = path + [key]
        note(
            PlanKey(
                key: path.joined(separator: "."), meaning: meaning, number: nil, limits: nil, isWhole: false,
                choice: word,
                origin: origin))
        return Sourced(value: value, path: path, unit: "", origin: origin, range: nil)
    }

    /// A section within this one, which may be left out.
    func section<Value>(_ key: String, _ meaning: String, _ body: @escaping (PlanReader) -> Value) -> Value {
        section.optional(key, kind(key, body), default: "{}", meaning)
    }

    /// A section within this one, which must be there.
    func requiredSection<Value>(_ key: String, _ meaning: String, _ body: @escaping (PlanReader) -> Value) -> Value {
        section.required(key, kind(key, body), meaning)
    }

    /// The kind of a section within this one.
    func kind<Value>(_ key: String, _ body: @escaping (PlanReader) -> Value) -> ValueKind<Value> {
        let path = path + [key]
        // A section that is only described reads the defaults of those within it, which nobody asked for.
        let record = section.isDescribing ? PlanRecord(overrides: [], substitutes: [:]) : record
        return .section { body(PlanReader(section: $0, path: path, record: record)) }
    }

    /// Where a key came from; nothing if nobody gave it.
    func origin(of key: String) -> Origin? {
        guard section.gives(key) else { return nil }
        let path = path + [key]
        guard let change = record.overrides.last(where: { path.starts(with: $0.path) }) else {
            return .file(line: section.position(of: key).line)
        }
        return change.source.map(Origin.costProfile) ?? .commandLine
    }

    /// Notes down a key that was read. One that is only described is none of the plan's.
    func note(_ key: PlanKey) {
        if !section.isDescribing { record.keys.append(key) }
    }

    private func noted(
        _ key: String, _ kind: NumberKind, _ value: RangedNumber, unit: String, _ origin: Origin,
        range: ClosedRange<Double>?,
        _ meaning: String
    ) -> Sourced<Double> {
        let path = path + [key]
        let name = path.joined(separator: ".")
        let isDefault = if case .byDefault = origin { true } else { false }
        let number = Sourced(
            value: record.substitutes[name] ?? value.value, path: path, unit: unit, origin: origin,
            range: value.range ?? (isDefault ? range : nil))
        note(
            PlanKey(
                key: name, meaning: meaning, number: number, limits: kind.limits, isWhole: kind.isWhole, choice: nil,
                origin: origin))
        return number
    }
}
