internal import CGSL
internal import Statistics

/// How long a group of disks (or nodes) keeps what it stores: it loses data when more are lost at once than it tolerates. Copies are a group that
/// tolerates the loss of all but one; a Reed-Solomon code of k data and m parity blocks is a group of k + m that tolerates m.
///
/// Source: G. A. Gibson, "Redundant Disk Arrays" (1992), for the Markov chain of losses and repairs.
public struct Durability: Hashable, Sendable {
    /// How many disks the group has.
    public let disks: Int
    /// How many of them may be lost at once.
    public let lossesTolerated: Int

    /// A group that holds the same on each of its disks.
    ///
    /// - Parameter copies: One or more.
    public init(copies: Int) {
        precondition(copies >= 1, "what has no copy is lost")
        disks = copies
        lossesTolerated = copies - 1
    }

    /// A group of a Reed-Solomon code. There is one data block or more, and zero parity blocks or more.
    public init(dataBlocks: Int, parityBlocks: Int) {
        precondition(dataBlocks >= 1 && parityBlocks >= 0, "no such code")
        disks = dataBlocks + parityBlocks
        lossesTolerated = parityBlocks
    }

    /// The mean time until a group loses data, in hours (MTTDL). Disks are lost independently, and one is repaired at a time; both take
    /// exponential times. Of many groups the first loses data after the result divided by how many there are.
    ///
    /// The linear system of the chain is solved by elimination from the state without losses on. There it needs only sums of positive terms, so
    /// that all digits are right though the times differ by many orders of magnitude.
    ///
    /// - Parameters:
    ///   - meanLifeHours: The mean time until a disk is lost, above zero.
    ///   - meanRepairHours: The mean time to repair one, above zero.
    public func meanHoursToDataLoss(meanLifeHours: Double, meanRepairHours: Double) -> Double {
        precondition(meanLifeHours > 0 && meanRepairHours > 0, "no such time")
        // The mean time from so many losses to one more.
        var step = 0.0
        var sum = 0.0
        for lost in 0...lossesTolerated {
            let meanHoursToNext = meanLifeHours / Double(disks - lost)
            step = meanHoursToNext + (lost == 0 ? 0 : meanHoursToNext / meanRepairHours * step)
            sum += step
        }
        return sum
    }

    /// The probability that at a given moment more disks are away than the group tolerates, each independently.
    ///
    /// - Parameter diskUnavailability: The probability that one disk is away, from 0 to 1.
    public func unavailability(diskUnavailability: Double) -> Double {
        precondition(diskUnavailability >= 0 && diskUnavailability <= 1 && GSL.isReady, "no such probability")
        return gsl_cdf_binomial_Q(UInt32(lossesTolerated), diskUnavailability, UInt32(disks))
    }
}
