/// What happens when events happen: the state of the processes of one partition, and how they answer.
///
/// A model must be a function of its own state and the event. It sees no other partition, no wall clock and no thread.
public protocol Model: SendableMetatype {
    /// An event happens to one of the partition's processes. Events come in the total order.
    mutating func handle(_ event: Event, scheduler: inout Scheduler)

    /// An event will happen to a process soon: the model may ask for what it keeps of it. It must not change anything.
    func prefetch(_ process: UInt32)

    /// Whether the model wants to know of events some time before they happen: whether it is so large that what it keeps of a process is not
    /// in the cache.
    var looksAhead: Bool { get }

    /// An event will happen soon: the model may ask for what it will touch then. It is told of each event so often as ``looks`` has numbers. What
    /// it asked for at one look is in the cache at the next, most likely, so that it may look there for what else to ask for.
    ///
    /// It must not change anything; a method that might is not given a copy of the model.
    ///
    /// - Parameter look: Which look it is, from zero.
    mutating func prefetch(_ event: Event, look: Int)

    /// All events before a time have happened in the partition. What the model has to say of that time may be taken from it while the next
    /// window runs, but not of the one after it: so it needs two places to put it.
    ///
    /// - Parameters:
    ///   - window: The number of the window that ends here.
    ///   - limitNanoseconds: The time.
    /// - Returns: Whether it has more to say of a later time, so that it is to be told of the end of the next window too. If not, it is told of
    ///   the end of those in which something happens, and of the first.
    mutating func endWindow(_ window: Int, before limitNanoseconds: UInt64) -> Bool
}

extension Model {
    /// Asks for nothing.
    @inlinable
    public func prefetch(_ process: UInt32) {}

    /// No.
    @inlinable
    public var looksAhead: Bool { false }

    /// Asks for nothing.
    @inlinable
    public mutating func prefetch(_ event: Event, look: Int) {}

    /// Has nothing to say.
    @inlinable
    public mutating func endWindow(_ window: Int, before limitNanoseconds: UInt64) -> Bool { false }
}
