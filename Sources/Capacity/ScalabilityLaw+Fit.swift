internal import CGSL
internal import Statistics

extension ScalabilityLaw {
    /// Why measurements give no law.
    public enum FitError: Error, Hashable {
        /// There are not three different loads, or a load or a throughput is not above zero and finite.
        case unfitMeasurements
        /// The search for the least squares did not converge on a law.
        case notConverged
    }

    /// The law with the least sum of squared differences between its throughputs and those that were measured. The search begins at the least
    /// squares of load / throughput, which are linear in the coefficients, and goes on by trust regions.
    ///
    /// - Parameter measurements: Loads with their throughputs, of at least three different loads, all above zero.
    /// - Throws: `FitError`.
    public init(fitting measurements: [(load: Double, throughput: Double)]) throws(FitError) {
        let valid = measurements.allSatisfy {
            $0.load > 0 && $0.load.isFinite && $0.throughput > 0 && $0.throughput.isFinite
        }
        guard valid, GSL.isReady, Set(measurements.map(\.load)).count >= 3 else { throw .unfitMeasurements }
        let start = Self.linearFit(measurements)
        guard let found = Self.leastSquares(measurements, start: start) else { throw .notConverged }
        let (inverse, contention, coherency) = (found[0], found[1], found[2])
        guard inverse > 0, inverse.isFinite, contention.isFinite, coherency.isFinite else { throw .notConverged }
        self.init(
            contention: contention / inverse, coherency: coherency / inverse, throughputOfOne: 1 / inverse)
    }

    /// The coefficients a, b, c of load / throughput = a + b (N - 1) + c N (N - 1) with the least squares of that.
    private static func linearFit(_ measurements: [(load: Double, throughput: Double)]) -> [Double] {
        let count = measurements.count
        let (terms, values) = (gsl_matrix_alloc(count, 3), gsl_vector_alloc(count))
        let (found, covariance) = (gsl_vector_alloc(3), gsl_matrix_alloc(3, 3))
        let workspace = gsl_multifit_linear_alloc(count, 3)
        defer {
            gsl_multifit_linear_free(workspace)
            gsl_matrix_free(terms)
            gsl_matrix_free(covariance)
            gsl_vector_free(values)
            gsl_vector_free(found)
        }
        for (row, measurement) in measurements.enumerated() {
            let load = measurement.load
            gsl_matrix_set(terms, row, 0, 1)
            gsl_matrix_set(terms, row, 1, load - 1)
            gsl_matrix_set(terms, row, 2, load * (load - 1))
            gsl_vector_set(values, row, load / measurement.throughput)
        }
        var squares = 0.0
        gsl_multifit_linear(terms, values, found, covariance, &squares, workspace)
        return (0..<3).map { gsl_vector_get(found, $0) }
    }

    /// The coefficients a, b, c of throughput = N / (a + b (N - 1) + c N (N - 1)) with the least squares; nothing if the search does not converge.
    private static func leastSquares(
        _ measurements: [(load: Double, throughput: Double)], start: [Double]
    ) -> [Double]? {
        var parameters = gsl_multifit_nlinear_default_parameters()
        let workspace = gsl_multifit_nlinear_alloc(confab_trust_regions(), &parameters, measurements.count, 3)
        let first = gsl_vector_alloc(3)
        defer {
            gsl_multifit_nlinear_free(workspace)
            gsl_vector_free(first)
        }
        for (index, value) in start.enumerated() { gsl_vector_set(first, index, value) }
        var measured = measurements
        return withUnsafeMutablePointer(to: &measured) { pointer in
            var system = gsl_multifit_nlinear_fdf()
            system.n = measurements.count
            system.p = 3
            system.params = UnsafeMutableRawPointer(pointer)
            system.f = { coefficients, parameters, differences in
                let measured = parameters!.assumingMemoryBound(to: [(load: Double, throughput: Double)].self).pointee
                for (row, measurement) in measured.enumerated() {
                    let load = measurement.load
                    let divisor =
                        gsl_vector_get(coefficients, 0) + gsl_vector_get(coefficients, 1) * (load - 1)
                        + gsl_vector_get(coefficients, 2) * load * (load - 1)
                    gsl_vector_set(differences, row, load / divisor - measurement.throughput)
                }
                return 0
            }
            var reason: Int32 = 0
            guard gsl_multifit_nlinear_init(first, &system, workspace) == 0,
                gsl_multifit_nlinear_driver(200, 1e-10, 1e-10, 0, nil, nil, &reason, workspace) == 0
            else { return nil }
            let found = gsl_multifit_nlinear_position(workspace)
            return (0..<3).map { gsl_vector_get(found, $0) }
        }
    }
}
