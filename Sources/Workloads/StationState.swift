internal import DequeModule
import Simulation

/// The customers of one station of a ``QueueNetwork``, and what became of those before.
public struct StationState {
    /// What service times are drawn from.
    var services: RandomStream
    /// When each customer who waits came, the first to be served in front.
    private var waiting: Deque<UInt64> = []
    private var servedCount = 0
    private let batchLength: Int
    private var batchNanoseconds: UInt64 = 0
    private var batchCount = 0

    /// How many customers came, those that were lost included.
    public private(set) var comeCount: UInt64 = 0
    /// How many found no room.
    public private(set) var lostCount: UInt64 = 0
    /// How many have departed.
    public private(set) var departedCount: UInt64 = 0
    /// The mean waits, in seconds, of so many customers each, in the order in which their service began.
    public private(set) var batchMeanWaitSeconds: [Double] = []
    /// The waits of all customers whose service began, in nanoseconds.
    public private(set) var waitedNanoseconds: UInt64 = 0

    /// How many customers wait or are served.
    public var presentCount: UInt64 { UInt64(servedCount + waiting.count) }

    init(services: RandomStream, batchLength: Int) {
        self.services = services
        self.batchLength = batchLength
    }

    /// A customer comes.
    ///
    /// - Returns: Whether it is served at once.
    mutating func comes(atNanoseconds now: UInt64, serverCount: Int, customerCountMax: Int) -> Bool {
        comeCount += 1
        if servedCount < serverCount {
            servedCount += 1
            waited(0)
            return true
        }
        if servedCount + waiting.count < customerCountMax {
            waiting.append(now)
        } else {
            lostCount += 1
        }
        return false
    }

    /// A customer departs.
    ///
    /// - Returns: Whether another is served in its place.
    mutating func departs(atNanoseconds now: UInt64) -> Bool {
        departedCount += 1
        guard let came = waiting.popFirst() else {
            servedCount -= 1
            return false
        }
        waited(now - came)
        return true
    }

    private mutating func waited(_ nanoseconds: UInt64) {
        waitedNanoseconds += nanoseconds
        guard batchLength > 0 else { return }
        batchNanoseconds += nanoseconds
        batchCount += 1
        if batchCount == batchLength {
            batchMeanWaitSeconds.append(Double(batchNanoseconds) / Double(batchLength) / 1e9)
            batchNanoseconds = 0
            batchCount = 0
        }
    }
}
