/// What the pages that a device fetches one after the other are counted from.
public enum PageAnchor: Hashable, Sendable, CaseIterable {
    /// Each page begins where the one before ended: what arrives meanwhile moves nothing.
    case byCursor
    /// Each page begins so many rows below the newest as the pages before have: what arrives meanwhile moves every page.
    case byOffset
}
