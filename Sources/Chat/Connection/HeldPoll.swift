/// A device's request for rows that a chat server has not answered yet.
struct HeldPoll: Hashable, Sendable {
    /// The device's own count of its requests.
    let number: UInt32
    /// The device has the rows up to this place.
    let after: UInt32
    /// Whether the storage was asked for the rows.
    var isScanning = false
}
