/// What `confab bench` measured, for programs.
public struct BenchmarkReport: Encodable, Sendable {
    /// One measurement of a queue with one server, Poisson arrivals and exponential services.
    public struct Queue: Encodable, Sendable {
        /// How many customers were served.
        public let customers: UInt64
        /// Customers per second of real time.
        public let customersPerSecond: Double
        /// Events per second of real time.
        public let eventsPerSecond: Double
        /// The mean wait over the mean service; 1 in theory, at a load of one half.
        public let meanWaitOverService: Double

        enum CodingKeys: String, CodingKey {
            case customers
            case customersPerSecond = "customers_per_second"
            case eventsPerSecond = "events_per_second"
            case meanWaitOverService = "mean_wait_over_service"
        }

        /// Puts a measurement together.
        public init(customers: UInt64, customersPerSecond: Double, eventsPerSecond: Double, meanWaitOverService: Double)
        {
            self.customers = customers
            self.customersPerSecond = customersPerSecond
            self.eventsPerSecond = eventsPerSecond
            self.meanWaitOverService = meanWaitOverService
        }

        /// A line about it.
        public var text: String {
            "M/M/1 at half load: \(NumberText.grouped(UInt64(customersPerSecond))) customers/s, two events each; "
                + "mean wait \(NumberText.decimal(meanWaitOverService, decimals: 3)) services (in theory 1)\n"
        }
    }

    /// The measurements of PHOLD.
    public let phold: [KernelBenchmark]
    /// The measurement of M/M/1.
    public let mm1: Queue

    /// Puts a report together.
    public init(phold: [KernelBenchmark], mm1: Queue) {
        self.phold = phold
        self.mm1 = mm1
    }

    /// The report as one JSON object.
    public func json() throws -> String {
        try JSONText.encode(self)
    }
}
