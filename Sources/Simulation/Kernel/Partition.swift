/// A partition: its processes' state, its pending events, and the loop that lets them happen.
@usableFromInline
final class Partition<M: Model> {
    @usableFromInline var model: M
    @usableFromInline var scheduler: Scheduler

    init(model: M, scheduler: consuming Scheduler) {
        self.model = model
        self.scheduler = scheduler
    }

    /// Lets every event before a time happen.
    @inlinable
    func run(before limitNanoseconds: UInt64) {
        // One access to each for the whole loop, rather than one for each event.
        Self.run(&model, &scheduler, before: limitNanoseconds)
    }

    @inlinable
    static func run(_ model: inout M, _ scheduler: inout Scheduler, before limitNanoseconds: UInt64) {
        scheduler.windowEndNanoseconds = limitNanoseconds
        let isPrefetching = scheduler.isPrefetching
        while scheduler.pending.prepare(before: limitNanoseconds) {
            var isDone = true
            while let event = scheduler.next(before: limitNanoseconds) {
                if isPrefetching { scheduler.prefetchUpcoming(for: model) }
                model.handle(event.pointee, scheduler: &scheduler)
                isDone = false
            }
            if isDone { return }
        }
    }

    func handOver(to target: Partition<M>) {
        let index = Int(target.scheduler.partition)
        for event in scheduler.outgoing[index] {
            target.scheduler.pending.insert(event)
        }
        scheduler.outgoing[index].removeAll(keepingCapacity: true)
    }
}
