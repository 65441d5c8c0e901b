/// What a ``FlatTable`` finds values by.
public protocol FlatKey: Hashable, Sendable {
    /// A word that is different for different keys, as far as there is room in a word.
    var tableWord: UInt64 { get }
}

extension UserID: FlatKey {
    /// The number.
    @inlinable public var tableWord: UInt64 { UInt64(rawValue) }
}

extension MessageID: FlatKey {
    /// The identifier's bits.
    @inlinable public var tableWord: UInt64 { rawValue }
}

extension DeviceID: FlatKey {
    /// Index and user.
    @inlinable public var tableWord: UInt64 { UInt64(index) << 32 | UInt64(user.rawValue) }
}

extension UInt32: FlatKey {
    /// The number itself.
    @inlinable public var tableWord: UInt64 { UInt64(self) }
}

extension RowKey: FlatKey {
    /// Table, partition key and place, mixed.
    @inlinable public var tableWord: UInt64 {
        (UInt64(table.rawValue) << 32 | UInt64(partition)) ^ place &* 0x9e37_79b9_7f4a_7c15
    }
}
