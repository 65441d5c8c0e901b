internal import Language

/// How devices fetch pages of the past.
public struct PagesModel: Hashable, Sendable {
    /// What the pages are counted from.
    public enum Anchor: Hashable, Sendable {
        /// Each page begins where the one before ended.
        case byCursor
        /// Each page begins so many rows below the newest as the pages before have.
        case byOffset
    }

    /// How many rows a page has on devices of a name.
    struct Size: Hashable, Sendable {
        /// The name of the devices; `default` for all others.
        let device: String
        let position: SourcePosition
        let rows: UInt64
    }

    /// What the pages are counted from.
    public let anchor: Anchor
    /// Where that is said, if it is.
    let anchorPosition: SourcePosition?
    let sizes: [Size]

    /// The name of the size for devices that have none of their own.
    static let otherDevices = "default"
    /// The size where nothing is said: 20 rows.
    static let rowsOtherwise: UInt64 = 20

    /// How many rows a page has on a device.
    public func rows(onDevice name: String) -> UInt64 {
        size(onDevice: name)?.rows ?? Self.rowsOtherwise
    }

    /// The size that is given for a device.
    func size(onDevice name: String) -> Size? {
        sizes.first { $0.device == name } ?? sizes.first { $0.device == Self.otherDevices }
    }
}

extension SectionReader {
    /// The keys of `system.client` about pages.
    func pages() -> PagesModel {
        let anchor = optional(
            "pages", .choice([("by_cursor", PagesModel.Anchor.byCursor), ("by_offset", .byOffset)]),
            default: "by_cursor",
            "`by_cursor`: a page begins where the one before ended; `by_offset`: as many rows below the newest as the pages before have."
        )
        let sizes = optional(
            "page_size",
            ValueKind<UInt64>.pageSize.table(
                named: "device", count: 0...100, pattern: NamePattern.user, isName: NamePattern.isUser),
            default: "{}", "How many rows a page has on devices of each name; `default` for all others. Default: 20.")
        return PagesModel(
            anchor: anchor, anchorPosition: gives("pages") ? position(of: "pages") : nil,
            sizes: sizes.map { PagesModel.Size(device: $0.name.value, position: $0.name.position, rows: $0.value) })
    }
}

extension ValueKind where Value == UInt64 {
    /// How many rows a page has.
    static var pageSize: ValueKind { .integer(1...1000) }
}
