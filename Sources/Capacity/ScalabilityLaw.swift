/// The universal scalability law: the throughput of a system at a load of N (users, threads or servers) is
/// gamma N / (1 + alpha (N - 1) + beta N (N - 1)).
///
/// Source: N. J. Gunther, "Guerrilla Capacity Planning" (2007), chapter 4; the form with three coefficients is of 2018.
public struct ScalabilityLaw: Hashable, Sendable {
    /// The share of the work that waits for one another; 0 if none does.
    public let contention: Double
    /// What it costs each to agree with each other; 0 if nothing.
    public let coherency: Double
    /// The throughput at a load of one, in the unit of the throughput.
    public let throughputOfOne: Double

    /// The coefficients are finite, and the throughput of one is above zero. A fit may find contention or coherency a little below zero, where a
    /// system speeds up more than it grows.
    public init(contention: Double, coherency: Double, throughputOfOne: Double) {
        precondition(contention.isFinite && coherency.isFinite, "no such coefficients")
        precondition(throughputOfOne > 0 && throughputOfOne.isFinite, "no such throughput")
        self.contention = contention
        self.coherency = coherency
        self.throughputOfOne = throughputOfOne
    }

    /// The throughput at a load, which is above zero.
    public func throughput(atLoad load: Double) -> Double {
        precondition(load > 0, "no such load")
        return throughputOfOne * load / (1 + contention * (load - 1) + coherency * load * (load - 1))
    }

    /// The load at which the throughput is highest, sqrt((1 - alpha) / beta); nothing if it rises with every load (without coherency), or
    /// falls with every load (contention of one or more).
    public var peakLoad: Double? {
        coherency > 0 && contention < 1 ? ((1 - contention) / coherency).squareRoot() : nil
    }
}
