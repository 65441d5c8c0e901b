import Capacity
import Foundation
import Testing

@Suite("Staffing and occupancy")
struct StaffingTests {
    @Test(
        "square-root staffing has the known limits, and the exact formula is near at ten thousand erlangs",
        arguments: [(0.5, 0.504_539, 0.505_689), (1, 0.223_361, 0.224_763), (2, 0.026_881, 0.027_507)]
            as [(Double, Double, Double)])
    func squareRoot(quality: Double, limit: Double, exact: Double) {
        #expect(near(SquareRootStaffing.waitProbability(quality: quality), limit, within: 0.5e-6))
        let servers = SquareRootStaffing.servers(load: 10_000, quality: quality)
        #expect(servers == 10_000 + Int(100 * quality))
        #expect(near(ErlangC.waitProbability(servers: servers, load: 10_000), exact, within: 0.5e-6))
        let probability = SquareRootStaffing.waitProbability(quality: quality)
        #expect(near(SquareRootStaffing.quality(waitProbability: probability), quality, relative: 1e-10))
    }

    @Test("sessions of 639.13 s through a day: the swing is .998922 of the rate's, 638.67 s later")
    func daily() {
        let day = DailyOccupancy(meanRate: 230_000, rateSwing: 0.6, meanSessionSeconds: 639.13)
        #expect(near(day.attenuation, 0.998_922, within: 0.5e-6) && near(day.lagSeconds, 638.67, within: 0.5e-2))
        #expect(near(day.mean, 146_999_900, relative: 1e-12))
        #expect(near(day.peak, day.mean * (1 + 0.6 * 0.998_922), relative: 1e-6))
        #expect(near(day.occupancy(atSeconds: 21_600 + day.lagSeconds), day.peak, relative: 1e-12))
        #expect(near(day.occupancy(atSeconds: day.lagSeconds), day.mean, relative: 1e-9))
    }

    @Test("the integrals of a tail give what the closed forms do")
    func tails() throws {
        let closed = DailyOccupancy(meanRate: 10, rateSwing: 0.5, meanSessionSeconds: 7200)
        let exponential = try DailyOccupancy(meanRate: 10, rateSwing: 0.5, meanSessionSeconds: 7200) {
            exp(-$0 / 7200)
        }
        #expect(near(exponential.attenuation, closed.attenuation, relative: 1e-7))
        #expect(near(exponential.lagSeconds, closed.lagSeconds, relative: 1e-7))
        // Sessions of equal length T: the sine is attenuated by sin(x) / x and lags by T / 2, with x = pi T / period.
        let equal = try DailyOccupancy(meanRate: 10, rateSwing: 0.5, meanSessionSeconds: 7200) { $0 < 7200 ? 1 : 0 }
        let half = Double.pi * 7200 / 86_400
        #expect(near(equal.attenuation, sin(half) / half, relative: 1e-6))
        #expect(near(equal.lagSeconds, 3600, relative: 1e-6))
    }

    @Test("a tail without a mean is an error")
    func noMean() {
        #expect(throws: IntegrationError.self) {
            try DailyOccupancy(meanRate: 1, rateSwing: 0, meanSessionSeconds: 1) { _ in 1 }
        }
    }
}
