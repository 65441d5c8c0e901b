/// Where a component can be reached: a process, and one of the endpoints inside it.
///
/// Components treat addresses as opaque: they answer to the address that a message came from, or look one up in the
/// ``Placement``. A port tells the endpoints of one process apart, such as the connections of a pool.
@frozen
public struct Address: Hashable, Sendable {
    /// The process.
    public let process: UInt32
    /// The endpoint inside the process.
    public let port: UInt32

    /// Names an endpoint.
    @inlinable
    public init(process: UInt32, port: UInt32 = 0) {
        self.process = process
        self.port = port
    }
}
