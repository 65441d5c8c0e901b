internal import Yams

/// A file as a tree of keys and values, from which parts can be taken away, and which can be written again. Comments are not part of it.
public indirect enum Document: Hashable, Sendable {
    /// A plain value.
    case value(String)
    /// A list.
    case list([Document])
    /// Keys with their values, in the order of the file.
    case section([Entry])

    /// A key with its value.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The value.
        public var value: Document

        /// Puts an entry together.
        public init(_ key: String, _ value: Document) {
            self.key = key
            self.value = value
        }
    }

    /// One step on the way from the top to a part.
    public enum Step: Hashable, Sendable {
        /// To the value of a key.
        case key(String)
        /// To an item of a list.
        case item(Int)
    }

    /// Reads the text of a file, with changes made to it from the command line.
    ///
    /// - Throws: ``DocumentErrors`` if it is no text of keys and values.
    public init(text: String, file: String, overrides: [Override] = []) throws(DocumentErrors) {
        let diagnostics = DiagnosticCollector(file: file)
        guard let source = SourceText(text, diagnostics: diagnostics) else { throw diagnostics.errors }
        let root = overrides.reduce(source.root) { $1.applied(to: $0, diagnostics: diagnostics) }
        guard diagnostics.isEmpty else { throw diagnostics.errors }
        self.init(root)
    }

    private init(_ node: Node) {
        switch node {
        case .scalar(let scalar): self = .value(scalar.string)
        case .sequence(let sequence): self = .list(sequence.map { Document($0) })
        case .mapping(let mapping):
            self = .section(mapping.map { Entry($0.key.string ?? "", Document($0.value)) })
        case .alias: preconditionFailure("aliases are refused when a text is read")
        }
    }

    /// The entries of a section; none for anything else.
    public var entries: [Entry] { if case .section(let entries) = self { entries } else { [] } }
    /// The items of a list; none for anything else.
    public var items: [Document] { if case .list(let items) = self { items } else { [] } }
    /// The text of a plain value; nothing for anything else.
    public var text: String? { if case .value(let text) = self { text } else { nil } }

    /// The value of a key of this section; setting it to nothing removes the key, setting one that is missing appends it.
    public subscript(key: String) -> Document? {
        get { entries.first { $0.key == key }?.value }
        set {
            guard case .section(var entries) = self else { return }
            if let index = entries.firstIndex(where: { $0.key == key }) {
                if let newValue { entries[index].value = newValue } else { entries.remove(at: index) }
            } else if let newValue {
                entries.append(Entry(key, newValue))
            }
            self = .section(entries)
        }
    }

    /// The part at the end of a way; setting it to nothing removes it. Where the way leads nowhere there is nothing, and setting it has no
    /// effect.
    public subscript(path: some Collection<Step>) -> Document? {
        get {
            guard let step = path.first else { return self }
            switch step {
            case .key(let key): return self[key]?[path.dropFirst()]
            case .item(let index): return items.indices.contains(index) ? items[index][path.dropFirst()] : nil
            }
        }
        set {
            guard let step = path.first else {
                self = newValue ?? self
                return
            }
            let rest = path.dropFirst()
            switch step {
            case .key(let key):
                guard !rest.isEmpty else {
                    self[key] = newValue
                    return
                }
                guard var part = self[key] else { return }
                part[rest] = newValue
                self[key] = part
            case .item(let index):
                guard case .list(var items) = self, items.indices.contains(index) else { return }
                if !rest.isEmpty {
                    items[index][rest] = newValue
                } else if let newValue {
                    items[index] = newValue
                } else {
                    items.remove(at: index)
                }
                self = .list(items)
            }
        }
    }

    /// The ways to all parts, outer ones before those in them, in the order of the file.
    public var paths: [[Step]] {
        var found: [[Step]] = [[]]
        var next = 0
        while next < found.count {
            let path = found[next]
            next += 1
            switch self[path] {
            case .section(let entries)?: found += entries.map { path + [.key($0.key)] }
            case .list(let items)?: found += items.indices.map { path + [.item($0)] }
            case .value?, nil: break
            }
        }
        return Array(found.dropFirst())
    }
}
