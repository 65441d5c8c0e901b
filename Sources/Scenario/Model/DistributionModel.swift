internal import Language
internal import Yams

/// How a time (in nanoseconds) or a size (in bytes) varies.
public enum DistributionModel: Hashable, Sendable {
    /// Always the same.
    case constant(UInt64)
    /// Any whole number of a range, equally often.
    case uniform(from: UInt64, to: UInt64)
    /// Memoryless; samples below `atLeast` are raised to it.
    case exponential(mean: UInt64, atLeast: UInt64)
    /// By the median and the 99th percentile; samples below `atLeast` are raised to it.
    case lognormal(median: UInt64, p99: UInt64, atLeast: UInt64)
    /// By scale and shape, the shape in thousandths; samples below `atLeast` are raised to it.
    case weibull(scale: UInt64, shapeThousandths: UInt64, atLeast: UInt64)
}

extension DistributionModel {
    /// The greatest value that may come.
    var greatest: UInt64 {
        switch self {
        case .constant(let value): value
        case .uniform(_, let to): to
        case .exponential, .lognormal, .weibull: .max
        }
    }
}

extension ValueKind where Value == DistributionModel {
    /// A distribution of a quantity: a bare value for a constant, or a section that names the law.
    ///
    /// - Parameter hasFloor: Whether the laws without bounds take `at_least`.
    static func distribution(
        of quantity: ValueKind<UInt64>, positive: ValueKind<UInt64>, hasFloor: Bool = true
    ) -> ValueKind {
        let floorKind = hasFloor ? quantity : nil
        let laws = ValueKind.oneOf(
            "a distribution",
            [
                ("constant", quantity.map(DistributionModel.constant)),
                (
                    "uniform",
                    .section { reader in
                        let from = reader.required("from", quantity, "The least value.")
                        let to = reader.required("to", quantity, "The greatest value.")
                        if from > to { reader.report("to", "`to` is below `from`") }
                        return .uniform(from: min(from, to), to: max(from, to))
                    }
                ),
                (
                    "exponential",
                    .section { reader in
                        let mean = reader.required("mean", positive, "The mean.")
                        return .exponential(mean: mean, atLeast: floor(reader, floorKind, below: mean, "mean"))
                    }
                ),
                (
                    "lognormal",
                    .section { reader in
                        let median = reader.required("median", positive, "The median.")
                        let p99 = reader.required("p99", positive, "The 99th percentile.")
                        if p99 < median { reader.report("p99", "`p99` is below `median`") }
                        return .lognormal(
                            median: median, p99: max(median, p99),
                            atLeast: floor(reader, floorKind, below: median, "median"))
                    }
                ),
                (
                    "weibull",
                    .section { reader in
                        let scale = reader.required("scale", positive, "The scale.")
                        let shape = reader.required(
                            "shape", .factor(100...20_000), "The shape; below 1 for many short and few long values.")
                        return .weibull(
                            scale: scale, shapeThousandths: shape,
                            atLeast: floor(reader, floorKind, below: scale, "scale"))
                    }
                ),
            ])
        return ValueKind(
            read: { node, diagnostics in
                if case .scalar = node { return quantity.read(node, diagnostics).map(DistributionModel.constant) }
                return laws.read(node, diagnostics)
            },
            schema: { .object([("anyOf", .array([quantity.schema(), laws.schema()]))]) },
            fallback: { .constant(quantity.fallback()) })
    }

    /// A distribution of times up to a day.
    static var timeDistribution: ValueKind {
        .distribution(of: .duration(0...86_400_000_000_000), positive: .duration(1...86_400_000_000_000))
    }

    /// A distribution of the time between two messages of a user: at most 1000 in a second, at least one in 30 days. It has no floor, so
    /// that the law of the time to the first message is known.
    static var gapDistribution: ValueKind {
        let time = ValueKind<UInt64>.duration(1_000_000...Scenario.durationMax)
        return .distribution(of: time, positive: time, hasFloor: false)
    }

    /// A distribution of message sizes.
    static var sizeDistribution: ValueKind {
        .distribution(of: .messageSize, positive: .size(1...Scenario.messageBytesMax))
    }

    private static func floor(
        _ reader: SectionReader, _ quantity: ValueKind<UInt64>?, below limit: UInt64, _ name: String
    ) -> UInt64 {
        guard let quantity, let floor = reader.optional("at_least", quantity, "Smaller values are raised to this one.")
        else {
            return 0
        }
        if floor >= limit { reader.report("at_least", "`at_least` must be below `\(name)`") }
        return floor
    }
}

extension ValueKind where Value == UInt64 {
    /// The size of one message.
    static var messageSize: ValueKind { .size(0...Scenario.messageBytesMax) }
}
