/// A partition: its processes' state, its pending events, and the loop that lets them happen.
///
/// That no two accesses to a variable overlap is not checked while the program runs: one thread has a partition at a time (``WindowWork``), and the
/// checks would be a good part of what a partition costs in a window in which little happens.
@usableFromInline
final class Partition<M: Model> {
    @exclusivity(unchecked) @usableFromInline var model: M
    @exclusivity(unchecked) @usableFromInline var scheduler: Scheduler
    /// When the next event happens; the greatest number if none is pending.
    @exclusivity(unchecked) @usableFromInline var firstTimeNanoseconds: UInt64
    /// Whether the model is to be told of the end of the next window though nothing may happen in it. At first it may have something to say of
    /// how it was made.
    @exclusivity(unchecked) @usableFromInline var awaitsWindowEnd = true

    init(model: M, scheduler: consuming Scheduler) {
        self.model = model
        self.scheduler = scheduler
        firstTimeNanoseconds = self.scheduler.pending.firstTimeNanoseconds ?? .max
    }

    /// Lets every event before a time happen, which is the end of a window.
    @inlinable
    func run(before limitNanoseconds: UInt64, window: Int) {
        if firstTimeNanoseconds < limitNanoseconds {
            // One access to each for the whole loop, rather than one for each event.
            Self.run(&model, &scheduler, before: limitNanoseconds)
            firstTimeNanoseconds = scheduler.pending.firstTimeNanoseconds ?? .max
        }
        awaitsWindowEnd = model.endWindow(window, before: limitNanoseconds)
    }

    @inlinable
    static func run(_ model: inout M, _ scheduler: inout Scheduler, before limitNanoseconds: UInt64) {
        scheduler.windowEndNanoseconds = limitNanoseconds
        let isPrefetching = scheduler.isPrefetching
        let looksAhead = model.looksAhead
        while scheduler.pending.prepare(before: limitNanoseconds) {
            var isDone = true
            while let event = scheduler.next(before: limitNanoseconds) {
                if looksAhead {
                    scheduler.lookAhead(for: &model)
                } else if isPrefetching {
                    scheduler.prefetchUpcoming(for: model)
                }
                isDone = false
                guard event.pointee.hasAttachment else {
                    model.handle(event.pointee, scheduler: &scheduler)
                    continue
                }
                let copy = event.pointee
                model.handle(copy, scheduler: &scheduler)
                scheduler.releaseAttachment(block: copy.attachmentBlock, wordCount: copy.attachmentWordCount)
            }
            if isDone { return }
        }
    }

    /// Puts the events for another partition among that one's.
    func handOver(to target: Partition<M>) {
        let index = Int(target.scheduler.partition)
        let list = scheduler.outbox.lists + index
        let first = target.scheduler.accept(list.pointee)
        target.firstTimeNanoseconds = min(target.firstTimeNanoseconds, first)
        list.pointee.removeAll()
    }
}
