internal import Language

/// How the plan is run as a world, beside its formulas.
public struct SimulationModel: Hashable, Sendable {
    /// At the end of which year the plan is run; zero is now.
    public let year: Sourced<Double>
    /// How many connections the world has at most; a plan with more is made smaller, servers and all.
    public let connections: Sourced<Double>
    /// How long users write, in seconds of virtual time.
    public let durationSeconds: Sourced<Double>
    /// How much of the beginning is left out of what is measured, in seconds.
    public let warmUpSeconds: Sourced<Double>
    /// How often the world is run, each time under another seed.
    public let replications: Sourced<Double>
    /// The probability that an interval holds the true mean.
    public let confidence: Sourced<Double>
}

extension SimulationModel {
    /// The section `simulation`.
    static func read(_ reader: PlanReader) -> SimulationModel {
        let time: NumberKind = .seconds(1_000_000_000...3_600_000_000_000)
        let duration = reader.number(
            "duration", time, unit: "s", default: "20s", .estimate("some thousand messages at the default size"),
            "How long users write, in virtual time.")
        let warmUp = reader.number(
            "warm_up", time, unit: "s", default: "5s", .estimate("several times the slowest message"),
            "How much of the beginning is left out of what is measured; it is run all the same.")
        if warmUp.value >= duration.value {
            reader.section.report("warm_up", "`warm_up` must be shorter than `duration`")
        }
        return SimulationModel(
            year: reader.number(
                "year", .count(0...20), unit: "years", default: "0", .estimate("what is built first"),
                "At the end of which year of the plan it is run; 0 is now. It is not beyond the last year that is planned."
            ),
            connections: reader.number(
                "connections", .count(100...500_000_000), unit: "connections", default: "500_000",
                .estimate("a thousandth of the classic design, which predicts the whole"),
                "How many connections the world has at most: a plan with more is run at a part of its size, with as many fewer servers."
            ),
            durationSeconds: duration, warmUpSeconds: warmUp,
            replications: reader.number(
                "replications", .count(2...1000), unit: "runs", default: "5",
                .estimate("enough for intervals of a few percent"),
                "How often the world is run, each time under another seed."),
            confidence: reader.number(
                "confidence", .share(500_000_000...999_999_000), unit: "ratio", default: "99%",
                .estimate("one interval in a hundred misses the mean"),
                "The probability that an interval holds the true mean."))
    }
}
