/// Reads numbers and units from text, exactly: with whole-number arithmetic only, and by the rules of the language
/// rather than those of YAML, for which `12:30:45` is a number and `on` a truth value.
public enum Quantity {
    /// Time units, in nanoseconds.
    package static let timeUnits: [(String, UInt64)] = [
        ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("min", 60_000_000_000),
        ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]
    /// Size units, in bytes.
    package static let sizeUnits: [(String, UInt64)] = [
        ("B", 1), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20),
        ("GiB", 1 << 30), ("TB", 1_000_000_000_000), ("TiB", 1 << 40), ("PB", 1_000_000_000_000_000),
    ]
    /// Bandwidth units, in bits per second, so that each is whole.
    package static let bandwidthUnits: [(String, UInt64)] = [
        ("B/s", 8), ("kB/s", 8000), ("MB/s", 8_000_000), ("GB/s", 8_000_000_000), ("bit/s", 1), ("kbit/s", 1000),
        ("Mbit/s", 1_000_000), ("Gbit/s", 1_000_000_000),
    ]

    /// Why a text is not a quantity.
    package enum Failure: Error, Equatable {
        case notANumber
        case missingUnit
        case unknownUnit(String)
        case notWhole
        case tooLarge
    }

    /// A quantity as a whole number of the smallest unit; `_` may separate digits.
    package static func parse(_ text: String, units: [(String, UInt64)]) -> Result<UInt64, Failure> {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
        let unit = text.dropFirst(digits.count)
        guard let number = decimal(String(digits)) else { return .failure(.notANumber) }
        guard !unit.isEmpty else { return .failure(.missingUnit) }
        guard let factor = units.first(where: { $0.0 == unit })?.1 else { return .failure(.unknownUnit(String(unit))) }
        return scaled(number, by: factor)
    }

    /// A span of time with its unit, in nanoseconds; nothing if the text is none.
    public static func durationNanoseconds(_ text: String) -> UInt64? { try? parse(text, units: timeUnits).get() }

    /// A whole number; `_` may separate digits.
    package static func integer(_ text: String) -> UInt64? {
        guard let number = decimal(text), !text.contains(".") else { return nil }
        return number.digits
    }

    /// A decimal number as a whole number of parts, `perOne` to one.
    package static func decimal(_ text: String, perOne: UInt64) -> Result<UInt64, Failure> {
        guard let number = decimal(text) else { return .failure(.notANumber) }
        return scaled(number, by: perOne)
    }

    private static func scaled(_ number: Decimal, by factor: UInt64) -> Result<UInt64, Failure> {
        let product = number.digits.multipliedFullWidth(by: factor)
        var divisor: UInt64 = 1
        for _ in 0..<number.decimals { divisor *= 10 }
        guard product.high < divisor else { return .failure(.tooLarge) }
        let (quotient, remainder) = divisor.dividingFullWidth(product)
        return remainder == 0 ? .success(quotient) : .failure(.notWhole)
    }

    private struct Decimal {
        var digits: UInt64 = 0
        var decimals = 0
    }

    /// Digits with at most one point and at most 18 digits in all.
    private static func decimal(_ text: String) -> Decimal? {
        var number = Decimal()
        var sawPoint = false
        var count = 0
        var previous: Character = "_"
        for character in text {
            switch character {
            case "_":
                guard previous.isNumber else { return nil }
            case ".":
                guard !sawPoint, previous.isNumber else { return nil }
                sawPoint = true
            default:
                guard character.isASCII, let digit = character.wholeNumberValue, count < 18 else { return nil }
                number.digits = number.digits * 10 + UInt64(digit)
                if sawPoint { number.decimals += 1 }
                count += 1
            }
            previous = character
        }
        return count > 0 && previous.isNumber ? number : nil
    }
}
