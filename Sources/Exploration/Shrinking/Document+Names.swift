internal import Language

extension Document {
    /// The same without some users, devices, groups or servers, by name: without what they do, what is done to them, and what is said of them.
    func forgetting(_ names: Set<String>) -> Document {
        var document = self
        for section in ["users", "groups", "clocks", "populations"] {
            guard var part = document[section] else { continue }
            for entry in part.entries {
                if Self.isOne(of: names, entry.key) {
                    part[entry.key] = nil
                } else {
                    var kept = entry.value
                    for inner in entry.value.entries { kept[inner.key] = inner.value.without(names) }
                    part[entry.key] = kept
                }
            }
            document[section] = part
        }
        for list in ["script", "faults"] {
            guard let items = document[list]?.items else { continue }
            document[list] = .list(items.compactMap { $0.withoutMention(of: names) })
        }
        return document
    }

    /// A list of names without some; nothing if none is left, or of a name that is one of them.
    private func without(_ names: Set<String>) -> Document? {
        switch self {
        case .value(let text): return Self.isOne(of: names, text) ? nil : self
        case .list(let items):
            let kept = items.compactMap { $0.without(names) }
            return kept.isEmpty && !items.isEmpty ? nil : .list(kept)
        case .section: return self
        }
    }

    /// A step or a fault, in which lists of names have become shorter; nothing if it cannot do without one of the names.
    private func withoutMention(of names: Set<String>) -> Document? {
        guard case .section(let entries) = self else { return without(names) }
        var kept: [Entry] = []
        for entry in entries {
            guard !Self.isOne(of: names, entry.key), let value = entry.value.withoutMention(of: names) else {
                return nil
            }
            kept.append(Entry(entry.key, value))
        }
        return .section(kept)
    }

    /// Whether a text is one of some names, or names a device of one of them.
    private static func isOne(of names: Set<String>, _ text: String) -> Bool {
        names.contains(text) || text.firstIndex(of: ".").map { names.contains(String(text[..<$0])) } ?? false
    }
}
