import Testing

@testable import Chat

private typealias Bench = ChatServerBench

@Suite("Chat server: pages of what a device lacks")
struct ChatServerFetchTests {
    private let phone = Bench.device(0)

    @Test("a page comes from memory where the rows are at hand")
    func pages() {
        var bench = Bench()
        bench.connect(phone)
        for ordinal: UInt32 in 0..<3 {
            bench.receive(.forward(Bench.message(ordinal, from: 1, to: 0)), from: Bench.other)
        }
        bench.receive(.fetch(phone, after: 1), from: Bench.address(phone))
        let page = bench.sent(to: Bench.address(phone))
        #expect(page.count == 3 && page.last == .pageEnd(phone, last: 3, head: 3))
    }

    @Test("rows that the storage has lost are counted as missing, one gap a page")
    func lostRows() {
        var bench = Bench()
        bench.connect(phone, stored: [3, 5, 6])
        bench.receive(.fetch(phone, after: 1), from: Bench.address(phone))
        let scan = bench.storageRequests[0]
        #expect(scan.0 == .scan(phone.user, after: 1, limit: 128), "of the last rows, 5 and 6 are at hand")
        bench.sendRows([3, 5, 6], of: phone.user, port: scan.port)
        #expect(bench.sent(to: Bench.address(phone)).last == .pageEnd(phone, last: 3, head: 6, missing: 1))
        bench.receive(.fetch(phone, after: 3), from: Bench.address(phone))
        bench.sendRows([5, 6], of: phone.user, port: bench.storageRequests[0].port)
        #expect(bench.sent(to: Bench.address(phone)).last == .pageEnd(phone, last: 6, head: 6, missing: 1))
    }

    @Test("a page only counts the rows at its beginning that are older than messages are kept")
    func retention() {
        var bench = Bench(retention: 100)
        bench.connect(phone)
        for (ordinal, time) in [(0, 10), (1, 20), (2, 90)] as [(UInt32, UInt64)] {
            var message = Bench.message(ordinal, from: 1, to: 0)
            message.timestampNanoseconds = time
            bench.receive(.forward(message), from: Bench.other)
        }
        bench.now = 120
        bench.receive(.fetch(phone, after: 0), from: Bench.address(phone))
        #expect(bench.sent(to: Bench.address(phone)).last == .pageEnd(phone, last: 3, head: 3, missing: 1))
        #expect(bench.sent(to: Bench.address(phone)).count == 3, "the row that is as old as that is still kept")
        bench.now = 191
        bench.receive(.fetch(phone, after: 1), from: Bench.address(phone))
        #expect(bench.sent(to: Bench.address(phone)) == [.pageEnd(phone, last: 3, head: 3, missing: 2)])
    }
}
