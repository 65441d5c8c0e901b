internal import Yams

extension ValueKind where Value == UInt64 {
    /// A span of time in nanoseconds, written with its unit.
    package static func duration(_ range: ClosedRange<UInt64>) -> ValueKind {
        quantity("a duration such as `30ms`, `1.5s` or `2min`", "time", Quantity.timeUnits, range)
    }

    /// A number of bytes, written with its unit.
    package static func size(_ range: ClosedRange<UInt64>) -> ValueKind {
        quantity("a size such as `100B` or `4KiB`", "size", Quantity.sizeUnits, range)
    }

    /// Bytes per second, or `none` for no limit, which reads as zero.
    package static var bandwidth: ValueKind {
        let inner = limitedBandwidth("a bandwidth such as `10MB/s` or `1Gbit/s`, or `none`")
        return ValueKind(
            read: { node, diagnostics in
                if case .scalar(let scalar) = node, scalar.string == "none" { return 0 }
                return inner.read(node, diagnostics)
            }, schema: inner.schema, fallback: { 0 })
    }

    /// Bytes per second.
    package static func limitedBandwidth(
        _ expectation: String = "a bandwidth such as `10MB/s` or `1Gbit/s`"
    ) -> ValueKind {
        quantity(expectation, "bandwidth", Quantity.bandwidthUnits, 8000...8_000_000_000_000).map { $0 / 8 }
    }

    /// A whole number.
    package static func integer(_ range: ClosedRange<UInt64>) -> ValueKind {
        scalar(
            "a whole number",
            schema: .object([
                ("type", .array([.string("integer"), .string("string")])), ("minimum", .integer(range.lowerBound)),
                ("maximum", .integer(range.upperBound)), ("pattern", .string("^[0-9]+(_[0-9]+)*$")),
            ]), fallback: range.lowerBound
        ) { text in
            guard let value = Quantity.integer(text) else {
                return .failure(
                    ReadingFailure(
                        message: "expected a whole number such as `50_000`, but this is `\(printable(text))`"))
            }
            guard range.contains(value) else {
                return .failure(
                    ReadingFailure(message: "\(value) is out of range: \(range.lowerBound) to \(range.upperBound)"))
            }
            return .success(value)
        }
    }

    /// A share in percent, in parts per billion.
    package static var ratio: ValueKind { share(0...1_000_000_000) }

    /// A share in percent that is not zero, in parts per billion.
    package static var positiveRatio: ValueKind { share(1...1_000_000_000) }

    /// A number with up to three decimals, in thousandths.
    package static func factor(_ range: ClosedRange<UInt64>) -> ValueKind {
        scalar(
            "a number", schema: .object([("type", .array([.string("number"), .string("string")]))]), fallback: 1000
        ) { text in
            guard case .success(let value) = Quantity.decimal(text, perOne: 1000), range.contains(value) else {
                return .failure(
                    ReadingFailure(
                        message: "expected a number from \(range.lowerBound / 1000) to \(range.upperBound / 1000) "
                            + "with at most three decimals, but this is `\(printable(text))`"))
            }
            return .success(value)
        }
    }

    /// The mean time between two of something that is given as a rate, in nanoseconds, rounded down.
    package static var meanGap: ValueKind {
        let periods: [(String, UInt64)] = [
            ("s", 1_000_000_000), ("min", 60_000_000_000), ("h", 3_600_000_000_000), ("day", 86_400_000_000_000),
        ]
        return scalar(
            "a rate such as `40/day` or `2/s`",
            schema: .object([("type", .string("string")), ("pattern", .string("^[0-9._]+/(s|min|h|day)$"))]),
            fallback: 1
        ) { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let period = periods.first(where: { $0.0 == parts[1] })?.1,
                case .success(let thousandths) = Quantity.decimal(String(parts[0]), perOne: 1000)
            else {
                return .failure(
                    ReadingFailure(
                        message: "expected a rate such as `40/day` (per s, min, h or day), "
                            + "but this is `\(printable(text))`"))
            }
            guard thousandths > 0, period * 1000 / thousandths >= 1_000_000 else {
                return .failure(ReadingFailure(message: "the rate is out of range: more than 0, at most 1000/s"))
            }
            return .success(period * 1000 / thousandths)
        }
    }

    /// A share in percent within limits, in parts per billion; it may be above 100 %.
    package static func share(_ range: ClosedRange<UInt64>) -> ValueKind {
        quantity("a share such as `20%`", "share", [("%", 10_000_000)], range)
    }

    private static func quantity(
        _ expectation: String, _ what: String, _ units: [(String, UInt64)], _ range: ClosedRange<UInt64>
    ) -> ValueKind {
        let names = units.map(\.0)
        let pattern = "^[0-9][0-9_]*(\\.[0-9_]+)?(\(names.joined(separator: "|")))$"
        return scalar(
            expectation, schema: .object([("type", .string("string")), ("pattern", .string(pattern))]),
            fallback: range.lowerBound
        ) { text in
            parseQuantity(text, expectation, what, units, range)
        }
    }
}

extension ValueKind where Value == Int64 {
    /// A span of time that may be negative, in nanoseconds.
    package static func signedDuration(_ magnitudeMax: UInt64) -> ValueKind {
        signed("a duration such as `-200ms`", "time", Quantity.timeUnits, magnitudeMax)
    }

    /// A drift in parts per billion, written in parts per million.
    package static func drift(_ magnitudeMax: UInt64) -> ValueKind {
        signed("a drift such as `50ppm`", "drift", [("ppm", 1000)], magnitudeMax)
    }

    private static func signed(
        _ expectation: String, _ what: String, _ units: [(String, UInt64)], _ magnitudeMax: UInt64
    ) -> ValueKind {
        let pattern = "^[-+]?[0-9][0-9_]*(\\.[0-9_]+)?(\(units.map(\.0).joined(separator: "|")))$"
        return scalar(
            expectation, schema: .object([("type", .string("string")), ("pattern", .string(pattern))]), fallback: 0
        ) { text in
            let isNegative = text.hasPrefix("-")
            let magnitude = isNegative || text.hasPrefix("+") ? String(text.dropFirst()) : text
            return parseQuantity(magnitude, expectation, what, units, 0...magnitudeMax)
                .map { isNegative ? -Int64($0) : Int64($0) }
        }
    }
}

extension ValueKind {
    /// One of a few words.
    package static func choice(_ choices: [(String, Value)]) -> ValueKind {
        let names = choices.map(\.0)
        return scalar(
            "one of \(names.joined(separator: ", "))",
            schema: .object([("enum", .array(names.map(SchemaValue.string)))]), fallback: choices[0].1
        ) { text in
            if let choice = choices.first(where: { $0.0 == text }) { return .success(choice.1) }
            return .failure(
                ReadingFailure(
                    message:
                        "`\(printable(text))` is not one of the choices\(NearestName.hint(for: text, among: names))"))
        }
    }
}

extension ValueKind where Value == Bool {
    /// `on` or `off`.
    package static var onOff: ValueKind { choice([("on", true), ("off", false)]) }
}

extension ValueKind where Value == String {
    /// Any text up to a length.
    package static func text(_ count: ClosedRange<Int>) -> ValueKind {
        scalar(
            "some text",
            schema: .object([("type", .string("string")), ("maxLength", .integer(UInt64(count.upperBound)))]),
            fallback: ""
        ) { text in
            count.contains(text.count)
                ? .success(text)
                : .failure(
                    ReadingFailure(
                        message: "the text has \(text.count) characters; "
                            + "it must have \(count.lowerBound) to \(count.upperBound)"))
        }
    }

    /// A name that refers to something; whether it exists is checked later.
    package static func reference(_ expectation: String) -> ValueKind {
        scalar(expectation, schema: .object([("type", .string("string"))]), fallback: "") { .success($0) }
    }
}

private func parseQuantity(
    _ text: String, _ expectation: String, _ what: String, _ units: [(String, UInt64)], _ range: ClosedRange<UInt64>
) -> Result<UInt64, ReadingFailure> {
    let names = units.map(\.0)
    let message: String
    switch Quantity.parse(text, units: units) {
    case .success(let value) where range.contains(value): return .success(value)
    case .success(let value) where value < range.lowerBound:
        message =
            "`\(printable(text))` is out of range: "
            + "at least \(shown(range.lowerBound, units)), at most \(shown(range.upperBound, units))"
    case .success, .failure(.tooLarge):
        message = "`\(printable(text))` is out of range: at most \(shown(range.upperBound, units))"
    case .failure(.notANumber): message = "expected \(expectation), but this is `\(printable(text))`"
    case .failure(.missingUnit):
        message = "`\(printable(text))` has no unit; write \(expectation) (units: \(names.joined(separator: ", ")))"
    case .failure(.unknownUnit(let unit)):
        message = "`\(printable(unit))` is not a unit of \(what)\(NearestName.hint(for: unit, among: names))"
    case .failure(.notWhole): message = "`\(printable(text))` is finer than the smallest unit, 1\(names[0])"
    }
    return .failure(ReadingFailure(message: message))
}

/// A quantity in the largest unit of which it is a whole number.
private func shown(_ value: UInt64, _ units: [(String, UInt64)]) -> String {
    let whole = units.filter { value % $0.1 == 0 }
    guard let unit = value == 0 ? units.first : whole.max(by: { $0.1 < $1.1 }) else { return "more than 0" }
    return "\(value / unit.1)\(unit.0)"
}
