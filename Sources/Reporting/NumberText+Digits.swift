internal import Foundation

extension NumberText {
    /// A number of any size for people: a whole number in full, any other with up to four significant digits; very large and very small ones
    /// as `1.23e-11`.
    public static func automatic(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        return value == value.rounded() && abs(value) < 1e12
            ? decimal(value, decimals: 0) : withoutLastZeros(significant(value, digits: 4))
    }

    /// `1.5` for `1.500` and `2` for `2.00`; `1.5e-5` for `1.500e-5`.
    private static func withoutLastZeros(_ text: String) -> String {
        let parts = text.split(separator: "e")
        guard var digits = parts.first, digits.contains(".") else { return text }
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return ([digits] + parts.dropFirst()).joined(separator: "e")
    }

    /// A number with so many significant digits; those before the point are all shown: `12,345`, `123.4`, `0.01234`.
    /// From 1e12 up and below 1e-4 it is written as `1.23e-11`.
    public static func significant(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "-" }
        guard value != 0 else { return "0" }
        let scientific = String(format: "%.\(max(1, digits) - 1)e", value)
        let parts = scientific.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return scientific }
        guard (-4..<12).contains(exponent) else { return "\(parts[0])e\(exponent)" }
        return decimal(value, decimals: max(0, digits - 1 - exponent))
    }

    /// A number where there is little room: three significant digits, in thousands (K), millions (M), billions (G) and so on.
    static func compact(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        var scaled = value
        var prefix = 0
        // What would be rounded to 1,000 belongs to the next prefix.
        while abs(scaled) >= 999.5, prefix < 5 {
            scaled /= 1000
            prefix += 1
        }
        let name = ["", " K", " M", " G", " T", " P"][prefix]
        // Digits before the point are all shown, so three significant ones are not exceeded.
        return withoutLastZeros(abs(scaled) >= 100 ? decimal(scaled, decimals: 0) : significant(scaled, digits: 3))
            + name
    }

    /// A number for machines: twelve significant digits, so that the last bits, in which the mathematics libraries of two machines may differ,
    /// do not show. A whole number up to 2^53 is exact.
    ///
    /// - Returns: Nothing for what is not finite.
    static func rounded(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        if value == value.rounded(), abs(value) <= 9_007_199_254_740_992 { return value == 0 ? 0 : value }
        return Double(String(format: "%.11e", value))
    }

    /// What ``rounded(_:)`` gives, as text.
    static func exact(_ value: Double) -> String? {
        rounded(value).map {
            $0 == $0.rounded() && abs($0) <= 9_007_199_254_740_992 ? String(Int64($0)) : $0.description
        }
    }

    /// What ``exact(_:)`` gives, for people: the digits before the point in groups of three, `-` for what is not finite.
    static func written(_ value: Double) -> String {
        guard let text = exact(value) else { return "-" }
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let first = parts.first, let whole = UInt64(first.drop { $0 == "-" }), whole < 1_000_000_000_000_000
        else {
            return text
        }
        return (first.hasPrefix("-") ? "-" : "")
            + ([grouped(whole)] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }
}
