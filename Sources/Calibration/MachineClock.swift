internal import Foundation

/// The clock of the machine that never runs backwards.
public enum MachineClock {
    /// Its reading, in nanoseconds since some moment.
    public static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
