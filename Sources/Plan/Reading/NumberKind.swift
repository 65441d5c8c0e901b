internal import Language
internal import Yams

/// A number, and between which others it may be.
struct RangedNumber {
    let value: Double
    var range: ClosedRange<Double>?
}

/// A kind of number in a plan: how it is written, and within which limits it lies in the unit in which it is planned with.
struct NumberKind {
    /// How it is read.
    let kind: ValueKind<Double>
    /// The limits, in the unit of the value.
    let limits: ClosedRange<Double>
    /// Whether it is a whole number.
    var isWhole = false
}

extension NumberKind {
    /// A number with up to six decimals.
    static func decimal(_ range: ClosedRange<Double>) -> NumberKind {
        let kind = ValueKind<Double>.scalar(
            "a number", schema: .object([("type", .array([.string("number"), .string("string")]))]),
            fallback: range.lowerBound
        ) { text in
            guard case .success(let millionths) = Quantity.decimal(text, perOne: 1_000_000) else {
                return .failure(
                    ReadingFailure(
                        message: "expected a number with at most six decimals such as `2.105` or `50_000`, "
                            + "but this is `\(printable(text))`"))
            }
            let value = Double(millionths) / 1e6
            guard range.contains(value) else {
                return .failure(
                    ReadingFailure(
                        message: "`\(printable(text))` is out of range: "
                            + "\(range.lowerBound.written) to \(range.upperBound.written)"))
            }
            return .success(value)
        }
        return NumberKind(kind: kind, limits: range)
    }

    /// A whole number.
    static func count(_ range: ClosedRange<UInt64>) -> NumberKind {
        NumberKind(ValueKind<UInt64>.integer(range), range, perOne: 1, isWhole: true)
    }

    /// A span of time, in seconds.
    ///
    /// - Parameter range: In nanoseconds.
    static func seconds(_ range: ClosedRange<UInt64>) -> NumberKind {
        NumberKind(ValueKind<UInt64>.duration(range), range, perOne: 1e9)
    }

    /// A number of bytes.
    static func bytes(_ range: ClosedRange<UInt64>) -> NumberKind {
        NumberKind(ValueKind<UInt64>.size(range), range, perOne: 1)
    }

    /// Bytes per second.
    static var bytesPerSecond: NumberKind {
        NumberKind(kind: ValueKind<UInt64>.limitedBandwidth().map { Double($0) }, limits: 1000...1e12)
    }

    /// A share in percent, as a ratio.
    ///
    /// - Parameter range: In parts per billion.
    static func share(_ range: ClosedRange<UInt64>) -> NumberKind {
        NumberKind(ValueKind<UInt64>.share(range), range, perOne: 1e9)
    }

    private init(_ kind: ValueKind<UInt64>, _ range: ClosedRange<UInt64>, perOne: Double, isWhole: Bool = false) {
        self.init(
            kind: kind.map { Double($0) / perOne },
            limits: Double(range.lowerBound) / perOne...Double(range.upperBound) / perOne, isWhole: isWhole)
    }

    /// The same numbers, each alone or as `{ value, low, high }`.
    var ranged: ValueKind<RangedNumber> {
        let plain = kind
        let section = ValueKind<RangedNumber>.section { reader in
            let value = reader.required("value", plain, "The value that is planned with.")
            let low = reader.required("low", plain, "The lowest value that it may have.")
            let high = reader.required("high", plain, "The highest value that it may have.")
            guard low <= value, value <= high else {
                reader.report("value", "`value` is not between `low` and `high`")
                return RangedNumber(value: value)
            }
            return RangedNumber(value: value, range: low...high)
        }
        return ValueKind<RangedNumber>(
            read: { node, diagnostics in
                if case .mapping = node { return section.read(node, diagnostics) }
                return plain.read(node, diagnostics).map { RangedNumber(value: $0) }
            },
            schema: { .object([("oneOf", .array([plain.schema(), section.schema()]))]) },
            fallback: { RangedNumber(value: plain.fallback()) })
    }
}

extension Double {
    /// A limit of a range as people write it.
    fileprivate var written: String { self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : String(self) }
}
