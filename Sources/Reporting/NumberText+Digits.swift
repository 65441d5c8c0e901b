internal import Foundation

extension NumberText {
    /// A number of any size for people: a whole number in full, any other with four significant digits; very large and very small ones
    /// as `1.23e-11`.
    public static func automatic(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        return value == value.rounded() && abs(value) < 1e12
            ? decimal(value, decimals: 0) : significant(value, digits: 4)
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

    /// A number for machines: twelve significant digits, so that the last bits, in which the mathematics libraries of two machines may differ,
    /// do not show. A whole number up to 2^53 is exact.
    ///
    /// - Returns: Nothing for what is not finite.
    static func exact(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == value.rounded(), abs(value) <= 9_007_199_254_740_992 { return String(Int64(value)) }
        guard let rounded = Double(String(format: "%.11e", value)) else { return nil }
        return rounded.description
    }
}
