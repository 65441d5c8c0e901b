/// Writes times as a person would in a scenario file.
enum DurationText {
    /// A whole number of seconds or milliseconds if it is one, else seconds with a fraction.
    static func text(_ nanoseconds: UInt64) -> String {
        if nanoseconds % 1_000_000_000 == 0 { return "\(nanoseconds / 1_000_000_000)s" }
        if nanoseconds % 1_000_000 == 0 { return "\(nanoseconds / 1_000_000)ms" }
        let fraction = String(1_000_000_000 + nanoseconds % 1_000_000_000).dropFirst()
        return "\(nanoseconds / 1_000_000_000).\(fraction)s"
    }
}
