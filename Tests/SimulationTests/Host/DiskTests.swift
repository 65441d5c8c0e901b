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
}
