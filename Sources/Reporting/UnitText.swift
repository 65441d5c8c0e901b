/// Units that come in sizes: bytes and seconds.
enum UnitText {
    private static let prefixes = ["", "K", "M", "G", "T", "P", "E"]
    /// Spans of time, each with the least number of seconds from which on it is told in them.
    private static let times: [(unit: String, seconds: Double, least: Double)] = [
        ("years", 31_536_000, 63_072_000), ("d", 86_400, 172_800), ("h", 3600, 7200), ("min", 60, 120), ("s", 1, 1),
        ("ms", 1e-3, 1e-3), ("us", 1e-6, 1e-6), ("ns", 1e-9, 0),
    ]

    /// A number of bytes (`B`, `B/s`, `B/user` and so on) or seconds (`s`) in a unit in which it has few digits; any other as it is. Prefixes are decimal.
    static func handy(_ value: Double, _ unit: String) -> (value: Double, unit: String) {
        guard value.isFinite, value != 0 else { return (value, unit) }
        if unit == "B" || unit.hasPrefix("B/") {
            var scaled = value
            var index = 0
            while abs(scaled) >= 1000, index < prefixes.count - 1 {
                scaled /= 1000
                index += 1
            }
            return (scaled, prefixes[index] + unit)
        }
        guard unit == "s", let time = times.first(where: { abs(value) >= $0.least }) else { return (value, unit) }
        return (value / time.seconds, time.unit)
    }
}
