internal import CGSL

/// The GNU Scientific Library, with its default of aborting the process on an error turned off: a function that is given an
/// argument outside its domain returns NaN.
package enum GSL {
    /// Turns the default error handler off, once.
    package static let isReady: Bool = {
        gsl_set_error_handler_off()
        return true
    }()
}
