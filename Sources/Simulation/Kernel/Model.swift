/// What happens when events happen: the state of the processes of one partition, and how they answer.
///
/// A model must be a function of its own state and the event. It sees no other partition, no wall clock and no thread.
public protocol Model: SendableMetatype {
    /// An event happens to one of the partition's processes. Events come in the total order.
    mutating func handle(_ event: Event, scheduler: inout Scheduler)

    /// An event will happen to a process soon: the model may ask for what it keeps of it. It must not change anything.
    func prefetch(_ process: UInt32)
}

extension Model {
    /// Asks for nothing.
    @inlinable
    public func prefetch(_ process: UInt32) {}
}
