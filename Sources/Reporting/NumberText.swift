/// Numbers for people to read, the same in every locale.
public enum NumberText {
    /// A whole number with its digits in groups of three: `1,234,567`.
    public static func grouped(_ number: UInt64) -> String {
        var result = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return String(result.reversed())
    }

    /// A size with a binary unit: `12.3 MiB`.
    public static func size(_ bytes: UInt64) -> String {
        var unit = 0
        var scaled = bytes * 10
        while scaled >= 10240, unit < 4 {
            scaled = (scaled + 512) / 1024
            unit += 1
        }
        let name = ["B", "KiB", "MiB", "GiB", "TiB"][unit]
        return unit == 0 ? "\(bytes) B" : "\(scaled / 10).\(scaled % 10) \(name)"
    }

    /// A number with a fixed number of decimals, rounded half up.
    public static func decimal(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "-" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = UInt64((abs(value) * scale + 0.5).rounded(.down))
        let whole = grouped(scaled / UInt64(scale))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + whole }
        let fraction = String(scaled % UInt64(scale))
        return "\(sign)\(whole).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
    }

    /// A span of real time: `38 ms`, `4.2 s`, `3 min 05 s`.
    public static func span(seconds: Double) -> String {
        if seconds < 1 { return "\(decimal(seconds * 1000, decimals: 0)) ms" }
        if seconds < 60 { return "\(decimal(seconds, decimals: 1)) s" }
        let whole = UInt64(min(seconds, 1e9))
        return "\(whole / 60) min \(whole % 60 < 10 ? "0" : "")\(whole % 60) s"
    }

    /// Text made as wide as a column.
    static func padded(_ text: String, to width: Int) -> String {
        text.count >= width ? text : text + String(repeating: " ", count: width - text.count)
    }
}
