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

    @Test("files take the time of their bytes, and syncs wait for them")
    func filesQueue() {
        var disk = Disk(syncNanoseconds: .constant(100), bytesPerSecond: 1_000_000_000)
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        #expect(disk.write(bytes: 300, readBytes: 200, nowNanoseconds: 10) == 510)
        #expect(disk.sync(bytes: 20, nowNanoseconds: 30, drawing: &stream) == 610)
        #expect(disk.write(bytes: 1, readBytes: 0, nowNanoseconds: 40) == 611)
        #expect(disk.writtenBytes == 321 && disk.syncCount == 1)
        #expect(disk.write(bytes: 10, readBytes: 0, nowNanoseconds: 700, timeThousandths: 2500) == 725)
        #expect(disk.sync(bytes: 1, nowNanoseconds: 800, timeThousandths: 3000, drawing: &stream) == 1100)
        var unlimited = Disk(syncNanoseconds: .constant(100))
        #expect(unlimited.write(bytes: .max, readBytes: 0, nowNanoseconds: 40) == 40)
    }
}
