import Foundation
import Testing

@testable import Chat

#if DEBUG
private let isReleaseBuild = false
#else
private let isReleaseBuild = true
#endif

/// What a stored message costs in memory of this machine, measured: `make allocations` runs this, on a release build and without others beside it.
@Suite("Storage: measured memory", .enabled(if: isReleaseBuild), .serialized)
struct StorageMemoryTests {
    private static let messageCount = 1_000_000
    private static let userCount: UInt32 = 10_000

    /// The bytes that the process has in memory.
    private static func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii)
        let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        return pages * 4096
    }

    /// Stores messages of 100 bytes of users in any order, and lets the disk do what it is asked for at once.
    ///
    /// - Returns: The bytes of memory that each takes beyond what the process had.
    private func store(_ configure: (inout StorageConfiguration) -> Void) throws -> (bytes: Int, bench: StorageBench) {
        let before = try Self.residentBytes()
        var bench = StorageBench(configure)
        var random = JitterGenerator(seed: 9)
        var heads = Array(repeating: UInt32(0), count: Int(Self.userCount))
        for number in 1...Self.messageCount {
            let user = UInt32(random.below(UInt64(Self.userCount)))
            heads[Int(user)] += 1
            bench.receive(.put(StorageBench.row(heads[Int(user)], of: user), epoch: 1))
            if number % 100 == 0 {
                bench.finish()
                bench.forgetAnswers()
            }
        }
        bench.finish()
        return ((try Self.residentBytes() - before) / Self.messageCount, bench)
    }

    @Test("a million messages of 100 bytes in memstores and on the log")
    func inMemory() throws {
        let (bytes, bench) = try store { _ in }
        #expect(bench.server.figures.flushCounts.reduce(0, +) == 0)
        print("in memstores and on the log: \(bytes) bytes a message")
        // An entry and two slots, with room for more, and a record of 40 in an array that grows by doubling.
        #expect(bytes < 130 + 2 * 40)
    }

    @Test("a million messages of 100 bytes in files")
    func inFiles() throws {
        let (bytes, bench) = try store {
            $0.flushBytesMax = 64 << 10
            $0.logSegmentBytesMax = 1 << 20
        }
        let rows = bench.server.durable.regions.values.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.rows.count } }
        #expect(rows > Self.messageCount)
        print("in files, \(rows) rows of them: \(bytes) bytes a message")
        #expect(bytes < 2 * 64 + 40)
    }
}
