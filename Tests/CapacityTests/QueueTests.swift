import Capacity
import Foundation
import Testing

@Suite("Waits in queues")
struct QueueTests {
    @Test("M/M/c has the known mean waits")
    func meanWaits() {
        #expect(near(MMcQueue(servers: 3, arrivalRate: 0.2, serviceRate: 0.1).meanWait, 4.44444, within: 0.5e-5))
        #expect(near(MMcQueue(servers: 4, arrivalRate: 0.2, serviceRate: 0.1).meanWait, 0.869565, within: 0.5e-6))
        #expect(near(MMcQueue(servers: 1, arrivalRate: 5, serviceRate: 8).meanWait, 0.208333, within: 0.5e-6))
        #expect(near(MMcQueue(servers: 1, arrivalRate: 3, serviceRate: 5).meanResponse, 0.5, within: 1e-15))
    }

    @Test("a percentile is the wait that just so many exceed, and zero where most do not wait")
    func percentiles() {
        let queue = MMcQueue(servers: 10, arrivalRate: 9, serviceRate: 1)
        for percentile in [50.0, 90, 99, 99.9] {
            let wait = queue.waitPercentile(percentile)
            #expect(near(queue.probabilityOfWait(over: wait), 1 - percentile / 100, relative: 1e-12))
        }
        // C(10, 9) = .668731524, and the wait of those who wait is exponential with a mean of one.
        #expect(near(queue.waitPercentile(99), log(66.873_152_4), within: 1e-8))
        #expect(queue.waitPercentile(30) == 0 && queue.probabilityOfWait(over: 0) == queue.waitProbability)
    }

    @Test(
        "Pollaczek and Khinchine: the wait at a load of .8 is 2, 4 and 10 services",
        arguments: [(0, 2), (1, 4), (4, 10)])
    func pollaczekKhinchine(variation: Int, wait: Int) {
        let found = SingleServerQueue.meanWait(utilisation: 0.8, serviceTime: 1, serviceVariation: Double(variation))
        #expect(near(found, Double(wait), relative: 1e-14))
    }

    @Test("even arrivals at a load of .8: the root is .628629796, and the mean wait 1.692731 services")
    func evenArrivals() {
        let sigma = SingleServerQueue.waitProbabilityWithEvenArrivals(utilisation: 0.8)
        #expect(near(sigma, 0.628_629_796, within: 0.5e-9) && near(sigma, exp(-(1 - sigma) / 0.8), relative: 1e-14))
        let wait = SingleServerQueue.meanWaitWithEvenArrivals(utilisation: 0.8, serviceTime: 1)
        #expect(near(wait, 1.692_731, within: 0.5e-6))
    }

    @Test("for them Kingman says 2.0, and the correction of Kraemer and Langenbach-Belz 1.692963")
    func correction() {
        let markovian = MMcQueue(servers: 1, arrivalRate: 0.8, serviceRate: 1)
        let queue = GGcQueue(markovian: markovian, arrivalVariation: 0, serviceVariation: 1)
        #expect(near(queue.meanWaitUncorrected, 2, relative: 1e-14))
        #expect(near(queue.meanWait, 1.692_963, within: 0.5e-6))
    }

    @Test("G/G/c is exact for Poisson arrivals where that is known, and never waits where all is even")
    func limits() {
        let many = MMcQueue(servers: 7, arrivalRate: 6, serviceRate: 1)
        #expect(GGcQueue(markovian: many, arrivalVariation: 1, serviceVariation: 1).meanWait == many.meanWait)
        let one = MMcQueue(servers: 1, arrivalRate: 0.8, serviceRate: 1)
        let varied = GGcQueue(markovian: one, arrivalVariation: 1, serviceVariation: 4)
        #expect(near(varied.meanWait, 10, relative: 1e-14))
        #expect(GGcQueue(markovian: one, arrivalVariation: 0, serviceVariation: 0).meanWait == 0)
        // Arrivals in bursts: 4 * (4 + 1) / 2 * exp(-.2 * 3 / (4 + 4)).
        let bursts = GGcQueue(markovian: one, arrivalVariation: 4, serviceVariation: 1)
        #expect(near(bursts.meanWait, 10 * exp(-0.075), relative: 1e-13))
    }

    @Test("400 customers who never think keep 300 servers busy: 675.6757 a second, .5920 s each, .1480 s waiting")
    func closed() {
        let queue = ClosedQueue(servers: 300, customers: 400, serviceTime: 0.444, thinkTime: 0)
        #expect(near(queue.throughput, 675.6757, within: 0.5e-4))
        #expect(near(queue.meanResponse, 0.5920, within: 0.5e-4) && near(queue.meanWait, 0.1480, within: 0.5e-4))
    }

    @Test("customers who think: two at one server, by hand; and as many servers as customers never make them wait")
    func closedThinking() {
        // Thinking and serving take 1 each: the probabilities of 0, 1, 2 present are as 1 : 2 : 2, so the server is busy 4/5 of the time.
        let queue = ClosedQueue(servers: 1, customers: 2, serviceTime: 1, thinkTime: 1)
        #expect(near(queue.throughput, 0.8, relative: 1e-14) && near(queue.meanResponse, 1.5, relative: 1e-14))
        let free = ClosedQueue(servers: 5000, customers: 5000, serviceTime: 2, thinkTime: 8)
        #expect(near(free.throughput, 500, relative: 1e-9) && near(free.meanWait, 0, within: 1e-8))
    }

    @Test(
        "two choices: 1.2657, 2.6141 and 5.4320 services in the system where one choice has 2, 10 and 100",
        arguments: [(0.5, 1.2657, 2), (0.9, 2.6141, 10), (0.99, 5.4320, 100)] as [(Double, Double, Double)])
    func choices(utilisation: Double, two: Double, one: Double) {
        #expect(near(ChoiceOfQueues.meanResponse(utilisation: utilisation, choices: 2), two, within: 0.5e-4))
        #expect(near(ChoiceOfQueues.meanResponse(utilisation: utilisation, choices: 1), one, relative: 1e-12))
    }
}
