import Foundation
import Language
import Reporting
import Scenario
import Testing

@testable import Experiment

@Suite("Verification")
struct VerificationTests {
    private static let file = ScenarioFileTests.folder.appendingPathComponent(
        "population-with-faults.yaml")

    private func scenario(_ overrides: String...) throws -> Scenario {
        try Scenario.load(
            bytes: [UInt8](Data(contentsOf: Self.file)), file: Self.file.lastPathComponent,
            overrides: overrides.compactMap { Override($0) })
    }

    @Test("a run is the same in other partitions and threads")
    func same() throws {
        var verification = try Verification(
            scenario(), .init(partitionCount: 1, threadCount: 1), .init(partitionCount: 5, threadCount: 2))
        let report = verification.run()
        #expect(report.passed && report.firstDifference.isEmpty)
        #expect(report.runs[0].digest == report.runs[1].digest && report.runs[0].events > 1000)
        #expect(report.text.contains("verified"))
    }

    @Test("where two runs differ, the first event that does is named, with its causes")
    func different() throws {
        var verification = try Verification(
            scenario(), .init(partitionCount: 1, threadCount: 1), scenario("network.data_center.latency=3ms"),
            .init(partitionCount: 2, threadCount: 2))
        let report = verification.run()
        #expect(!report.passed)
        let lines = report.firstDifference
        #expect(lines.first?.hasPrefix("1 partition on 1 thread: ") == true, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("2 partitions on 2 threads: ") })
        #expect(lines.contains { $0.hasPrefix("    caused by ") })
        #expect(report.text.contains("NOT THE SAME"))
    }

    @Test("a verification that is stopped says how far it got, and passes nothing")
    func stopped() throws {
        var verification = try Verification(
            scenario(), .init(partitionCount: 1, threadCount: 1), .init(partitionCount: 2, threadCount: 1))
        let report = verification.run { _ in false }
        #expect(report.isInterrupted && !report.passed)
        #expect(report.text.contains("interrupted at"))
    }
}
