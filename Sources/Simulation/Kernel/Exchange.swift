/// How events get from one partition to another between two windows. Here all partitions live in one process; another
/// implementation may carry events between processes or machines, without the kernel knowing.
protocol Exchange {
    /// Hands over the events that partitions put out for one another during a window.
    mutating func exchange<M: Model>(among partitions: [Partition<M>])
}

/// The exchange between partitions in one process.
struct InProcessExchange: Exchange {
    mutating func exchange<M: Model>(among partitions: [Partition<M>]) {
        for source in partitions {
            for target in partitions where source !== target {
                source.handOver(to: target)
            }
        }
    }
}
