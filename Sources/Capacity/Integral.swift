internal import CGSL
internal import Statistics

/// An integral that does not converge to the digits that are asked for.
public struct IntegrationError: Error, Hashable {
    /// What the GNU Scientific Library says, by the numbers of its `gsl_errno.h`.
    public let status: Int32
}

/// Integrals by the adaptive rules of QUADPACK.
enum Integral {
    /// The integral of a function from zero to infinity, to eight digits relative or ten absolute.
    static func fromZeroOn(_ integrand: (Double) -> Double) throws -> Double {
        precondition(GSL.isReady)
        let intervalsMax = 2000
        let workspace = gsl_integration_workspace_alloc(intervalsMax)
        defer { gsl_integration_workspace_free(workspace) }
        return try withoutActuallyEscaping(integrand) { integrand in
            var integrand = integrand
            return try withUnsafeMutablePointer(to: &integrand) { pointer in
                var function = gsl_function(
                    function: { value, parameters in
                        parameters!.assumingMemoryBound(to: ((Double) -> Double).self).pointee(value)
                    }, params: UnsafeMutableRawPointer(pointer))
                var (value, error) = (0.0, 0.0)
                let status = gsl_integration_qagiu(&function, 0, 1e-10, 1e-8, intervalsMax, workspace, &value, &error)
                guard status == 0 else { throw IntegrationError(status: status) }
                return value
            }
        }
    }
}
