/// A value that many components have in common. It is kept once and read where it is, so that a component takes two words for it, and what it
/// takes beside is in the cache for all of them.
public struct Shared<Value: Sendable>: Sendable {
    /// Owns the memory.
    private final class Owner: Sendable {
        nonisolated(unsafe) let address: UnsafeMutablePointer<Value>

        init(_ value: Value) {
            address = .allocate(capacity: 1)
            address.initialize(to: value)
        }

        deinit {
            address.deinitialize(count: 1)
            address.deallocate()
        }
    }

    private let owner: Owner
    /// Where the value is.
    nonisolated(unsafe) let address: UnsafePointer<Value>

    /// Keeps a value.
    public init(_ value: Value) {
        owner = Owner(value)
        address = UnsafePointer(owner.address)
    }

    /// The value.
    public var value: Value {
        unsafeAddress { address }
    }
}
