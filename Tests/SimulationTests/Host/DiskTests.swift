import Simulation
import Testing

@Suite("Disk")
struct DiskTests {
    @Test("syncs follow one another")
    func syncsQueue() {
        var disk = Disk(syncNanoseconds: .constant(100))
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        #expect(disk.sync(bytes: 10, nowNanoseconds: 0, drawing: &stream) == 100)
        #expect(disk.sync(bytes: 20, nowNanoseconds: 30, drawing: &stream) == 200)
        #expect(disk.sync(bytes: 30, nowNanoseconds: 500, drawing: &stream) == 600)
        #expect(disk.syncCount == 3)
        #expect(disk.writtenBytes == 60)
    }

    @Test("while it limps everything takes longer, and what is not done then goes on as usual")
    func limps() {
        func end(at now: UInt64) -> UInt64 {
            var disk = Disk(syncNanoseconds: .constant(100), bytesPerSecond: 1_000_000_000)
            disk.limp(1000..<2000, timeThousandths: 2500)
            disk.limp(1500..<1600, timeThousandths: 10_000)
            var stream = RandomStream(seed: 1, component: 0, purpose: 0)
            let synced = disk.sync(bytes: 1, nowNanoseconds: now, drawing: &stream)
            #expect(disk.write(bytes: 60, readBytes: 40, nowNanoseconds: 3000) == 3100)
            return synced
        }
        #expect(end(at: 0) == 100)
        #expect(end(at: 1000) == 1250)
        // 40 before it begins, the other 60 in 150.
        #expect(end(at: 960) == 1150)
        // 80 in 200, then 10 in 100 while it is slower still, then 10 in 25.
        #expect(end(at: 1300) == 1625)
        // 40 in 100, and the rest as usual.
        #expect(end(at: 1900) == 2060)
        #expect(end(at: 2000) == 2100)
    }

    @Test("files take the time of their bytes, and syncs wait for them")
    func filesQueue() {
        var disk = Disk(syncNanoseconds: .constant(100), bytesPerSecond: 1_000_000_000)
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        #expect(disk.write(bytes: 300, readBytes: 200, nowNanoseconds: 10) == 510)
        #expect(disk.sync(bytes: 20, nowNanoseconds: 30, drawing: &stream) == 610)
        #expect(disk.write(bytes: 1, readBytes: 0, nowNanoseconds: 40) == 611)
        #expect(disk.writtenBytes == 321 && disk.syncCount == 1)
        var unlimited = Disk(syncNanoseconds: .constant(100))
        #expect(unlimited.write(bytes: .max, readBytes: 0, nowNanoseconds: 40) == 40)
    }
}
