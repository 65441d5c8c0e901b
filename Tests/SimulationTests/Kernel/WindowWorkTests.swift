import Testing

@testable import Simulation

@Suite("The work of a window")
struct WindowWorkTests {
    private func pieces(of work: WindowWork) -> (partitions: [Int], besides: [Int]) {
        var (partitions, besides): ([Int], [Int]) = ([], [])
        while let piece = work.next() {
            switch piece {
            case .partition(let index): partitions.append(index)
            case .beside(let window): besides.append(window)
            }
        }
        #expect(work.next() == nil, "what is taken stays taken")
        return (partitions, besides)
    }

    @Test(
        "each partition is taken once in a window, and what is beside them where there is something",
        arguments: [1, 2, 5])
    func once(partitionCount: Int) {
        let work = WindowWork(partitionCount: partitionCount)
        for window in 1...3 {
            let isBesideLeft = window > 1
            work.beginWindow(isBesideLeft: isBesideLeft) { _ in 0 }
            let taken = pieces(of: work)
            #expect(taken.partitions == Array(0..<partitionCount))
            #expect(taken.besides == (isBesideLeft ? [window - 1] : []))
        }
    }

    @Test("partitions in which more happened lately come first")
    func busiestFirst() {
        let work = WindowWork(partitionCount: 4)
        for _ in 1..<1024 { work.beginWindow(isBesideLeft: false) { _ in 0 } }
        #expect(pieces(of: work).partitions == [0, 1, 2, 3])
        work.beginWindow(isBesideLeft: false) { [5, 9, 5, 100][$0] }
        #expect(pieces(of: work).partitions == [3, 1, 0, 2])
        for _ in 1..<1024 { work.beginWindow(isBesideLeft: false) { _ in 0 } }
        work.beginWindow(isBesideLeft: false) { [105, 109, 1005, 100][$0] }
        #expect(pieces(of: work).partitions == [2, 0, 1, 3], "what happened before counts no more")
    }
}
