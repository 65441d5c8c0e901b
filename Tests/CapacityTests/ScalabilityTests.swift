import Capacity
import Testing

@Suite("Scalability and retries")
struct ScalabilityTests {
    @Test("the published fit: SPECsdm91 on 16 processors")
    func published() throws {
        let loads = [1, 18, 36, 72, 108, 144, 216] as [Double]
        let throughputs = [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2]
        let law = try ScalabilityLaw(fitting: zip(loads, throughputs).map { (load: $0, throughput: $1) })
        #expect(near(law.contention, 0.027_728_5, within: 0.5e-6))
        #expect(near(law.coherency, 0.000_104_4, within: 0.5e-7))
        #expect(near(law.throughputOfOne, 89.995_23, within: 0.5e-3))
        let peak = try #require(law.peakLoad)
        #expect(near(peak, 96.52, within: 0.5e-2) && near(law.throughput(atLoad: peak), 1884, within: 0.5))
    }

    @Test("measurements of a law give the law")
    func exact() throws {
        let loads = [1, 2, 4, 6, 8, 10] as [Double]
        let throughputs = [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557]
        let law = try ScalabilityLaw(fitting: zip(loads, throughputs).map { (load: $0, throughput: $1) })
        #expect(near(law.contention, 0.02, within: 1e-4) && near(law.coherency, 0.02, within: 1e-4))
        #expect(near(law.throughputOfOne, 1, within: 1e-4))
        for (load, throughput) in zip(loads, throughputs) {
            let exact = ScalabilityLaw(contention: 0.02, coherency: 0.02, throughputOfOne: 1)
            #expect(near(exact.throughput(atLoad: load), throughput, within: 0.5e-4))
        }
    }

    @Test("fewer than three loads, or a load of nothing, are no law")
    func unfit() {
        let two = [(load: 1.0, throughput: 1.0), (load: 2, throughput: 2), (load: 2, throughput: 1.9)]
        #expect(throws: ScalabilityLaw.FitError.unfitMeasurements) { try ScalabilityLaw(fitting: two) }
        let nothing = [(load: 0.0, throughput: 1.0), (load: 1, throughput: 1), (load: 2, throughput: 1.9)]
        #expect(throws: ScalabilityLaw.FitError.unfitMeasurements) { try ScalabilityLaw(fitting: nothing) }
    }

    @Test("a law without coherency has no peak")
    func noPeak() {
        #expect(ScalabilityLaw(contention: 0.1, coherency: 0, throughputOfOne: 5).peakLoad == nil)
    }

    @Test(
        "three retries make 1.875, 3.439 and 4 attempts of a request",
        arguments: [(0, 1), (0.5, 1.875), (0.9, 3.439), (1, 4)] as [(Double, Double)])
    func retries(failure: Double, attempts: Double) {
        let found = RetryAmplification.attempts(failureProbability: failure, retriesMax: 3)
        #expect(near(found, attempts, within: 1e-12))
    }

    @Test("in three layers they make 64")
    func layers() {
        #expect(RetryAmplification.attempts(failureProbability: 1, retriesMax: 3, layers: 3) == 64)
    }
}
