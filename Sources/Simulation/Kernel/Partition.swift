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
        scheduler.windowEndNanoseconds = limitNanoseconds
        while let event = scheduler.pending.removeFirst(before: limitNanoseconds) {
            scheduler.digests[Int(event.target - scheduler.firstProcess)].append(event)
            scheduler.eventCount += 1
            model.handle(event, scheduler: &scheduler)
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
