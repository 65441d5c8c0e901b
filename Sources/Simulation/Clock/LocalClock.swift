/// A host's own clock: off by a fixed amount, and fast or slow by a fixed ratio. Components see no other.
@frozen
public struct LocalClock: Hashable, Sendable {
    /// By how much the clock was ahead at the start, in nanoseconds; negative if behind.
    public let offsetNanoseconds: Int64
    /// By how much the clock is fast, in parts per billion; negative if slow.
    public let driftPartsPerBillion: Int64

    /// A clock that is always right.
    public static let exact = LocalClock(offsetNanoseconds: 0, driftPartsPerBillion: 0)

    /// Makes a clock.
    ///
    /// - Precondition: The drift is less than one part in two either way.
    public init(offsetNanoseconds: Int64, driftPartsPerBillion: Int64) {
        precondition(abs(driftPartsPerBillion) < 500_000_000, "a clock that is off by half is broken")
        self.offsetNanoseconds = offsetNanoseconds
        self.driftPartsPerBillion = driftPartsPerBillion
    }

    /// The same clock, set forward by so many nanoseconds; back if negative.
    public func set(forwardNanoseconds: Int64) -> LocalClock {
        let (offset, overflow) = offsetNanoseconds.addingReportingOverflow(forwardNanoseconds)
        precondition(!overflow, "a clock that is off by more than 292 years")
        return LocalClock(offsetNanoseconds: offset, driftPartsPerBillion: driftPartsPerBillion)
    }

    /// What the clock shows at a virtual time, in nanoseconds; never less than zero, and never less than it showed before
    /// unless it was set back meanwhile.
    public func reading(atNanoseconds now: UInt64) -> UInt64 {
        let elapsed = now.multipliedFullWidth(by: UInt64(1_000_000_000 + driftPartsPerBillion))
        guard elapsed.high < 1_000_000_000 else { return .max }
        let shown = UInt64(1_000_000_000).dividingFullWidth(elapsed).quotient
        if offsetNanoseconds < 0 {
            let behind = offsetNanoseconds.magnitude
            return shown > behind ? shown - behind : 0
        }
        let (sum, overflow) = shown.addingReportingOverflow(offsetNanoseconds.magnitude)
        return overflow ? .max : sum
    }

    /// How much virtual time passes while the clock advances by an interval, in nanoseconds, rounded up.
    public func virtualNanoseconds(ofLocal interval: UInt64) -> UInt64 {
        let divisor = UInt64(1_000_000_000 + driftPartsPerBillion)
        let product = interval.multipliedFullWidth(by: 1_000_000_000)
        guard product.high < divisor else { return .max }
        let (quotient, remainder) = divisor.dividingFullWidth(product)
        return remainder == 0 ? quotient : quotient + 1
    }
}
