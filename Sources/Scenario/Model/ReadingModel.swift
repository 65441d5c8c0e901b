internal import Language
internal import Yams

/// What a user reads of the past, page by page from the newest row to older ones.
public struct ReadingModel: Hashable, Sendable {
    /// Only the conversation with this user, by number, if there is one.
    public let counterpart: Int?
    /// How many rows a page has.
    public let pageSize: UInt64
    /// Whether the step gives that, rather than the device.
    let hasOwnSize: Bool
    /// How many pages; zero for all.
    public let pagesMax: UInt64
    /// Only what was received after this time, in nanoseconds; zero for all.
    public let sinceNanoseconds: UInt64
    /// How long the user looks at a page, in nanoseconds.
    public let pauseNanoseconds: UInt64
}

/// The same as it is written.
struct RawReading {
    let counterpart: Located<String>?
    let pageSize: UInt64?
    let pagesMax, sinceNanoseconds, pauseNanoseconds: UInt64
}

extension ValueKind where Value == RawReading {
    /// `fetch_messages` or `fetch_conversation`, with what it asks for.
    static var reading: ValueKind {
        .oneOf(
            "a request for pages",
            [
                ("fetch_messages", .section { pages(reader: $0, counterpart: nil) }),
                (
                    "fetch_conversation",
                    .section { reader in
                        let counterpart = reader.required(
                            "with", ValueKind<String>.reference("the name of a user").located,
                            "With whom the conversation is.")
                        return pages(reader: reader, counterpart: counterpart)
                    }
                ),
            ])
    }

    /// Whether a node is written as a request for pages.
    static func isReading(_ node: Node) -> Bool {
        guard case .mapping(let mapping) = node else { return false }
        return mapping.contains { $0.key.string?.hasPrefix("fetch_") == true }
    }

    private static func pages(reader: SectionReader, counterpart: Located<String>?) -> RawReading {
        RawReading(
            counterpart: counterpart,
            pageSize: reader.optional(
                "size", .pageSize, "How many rows a page has. Default: `system.client.page_size` of the device."),
            pagesMax: reader.optional(
                "pages", .pageCount, default: "all", "How many pages to fetch, the newest first, or `all`."),
            sinceNanoseconds: reader.optional(
                "since", .duration(0...Scenario.durationMax), default: "0s",
                "Only messages that their sender's chat server received after this time of its clock."),
            pauseNanoseconds: reader.optional(
                "pause", .duration(0...Scenario.durationMax), default: "0s",
                "How long the user looks at a page before asking for the next."))
    }
}

extension ValueKind where Value == UInt64 {
    /// A number of pages, or `all`, which is zero.
    fileprivate static var pageCount: ValueKind {
        let number = ValueKind<UInt64>.integer(1...1_000_000)
        let all = ValueKind<UInt64>.choice([("all", 0)])
        return ValueKind(
            read: { node, diagnostics in
                node.string == "all" ? 0 : number.read(node, diagnostics)
            },
            schema: { .object([("anyOf", .array([number.schema(), all.schema()]))]) }, fallback: { 0 })
    }
}
