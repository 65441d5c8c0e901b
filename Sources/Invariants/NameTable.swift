public import Chat

/// Gives people's names to what the system knows by number.
public protocol NameTable {
    /// The name of a device, such as `alice.phone`.
    func name(of device: DeviceID) -> String
    /// The name of a user.
    func name(of user: UserID) -> String
    /// The name of a thread.
    func name(of thread: ThreadID) -> String
    /// The name of a message, such as `M1`.
    func name(of message: MessageID) -> String
}

/// Virtual time for people to read.
public enum TimeText {
    /// Seconds with as many decimals as are needed, at least three and at most nine: `1.043 s`.
    public static func seconds(_ nanoseconds: UInt64) -> String {
        var decimals = String(nanoseconds % 1_000_000_000)
        decimals = String(repeating: "0", count: 9 - decimals.count) + decimals
        while decimals.count > 3, decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(nanoseconds / 1_000_000_000).\(decimals) s"
    }

    /// Seconds with six decimals, what is finer cut off, so that times line up: `1.043250 s`.
    public static func microseconds(_ nanoseconds: UInt64) -> String {
        let decimals = String(nanoseconds / 1000 % 1_000_000)
        return "\(nanoseconds / 1_000_000_000).\(String(repeating: "0", count: 6 - decimals.count))\(decimals) s"
    }
}
