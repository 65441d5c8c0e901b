/// How events get from one partition to another between two windows. Here all partitions live in one process; another
/// implementation may carry events between processes or machines, without the kernel knowing.
protocol Exchange: Sendable {
    /// Hands a partition the events that the others put out for it during a window. Partitions may be served side by side.
    func collect<M: Model>(for target: Partition<M>, from sources: [Partition<M>])
}

/// The exchange between partitions in one process.
struct InProcessExchange: Exchange {
    func collect<M: Model>(for target: Partition<M>, from sources: [Partition<M>]) {
        for source in sources where source !== target {
            source.handOver(to: target)
        }
    }
}
