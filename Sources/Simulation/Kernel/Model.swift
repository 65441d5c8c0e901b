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

    /// An event will happen soon: the model may ask for what it keeps of its process. It must not change anything. What it asks for is not there
    /// yet; see ``prefetchFurther(_:)``.
    func prefetch(_ event: Event)

    /// An event will happen very soon: what the model has asked for is in the cache, most likely, so that it may look there for what else to
    /// ask for.
    func prefetchFurther(_ event: Event)
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
    public func prefetch(_ event: Event) {}

    /// Asks for nothing.
    @inlinable
    public func prefetchFurther(_ event: Event) {}
}
