// What the modules Statistics and Capacity use of the GNU Scientific Library.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_lambert.h>
#include <gsl/gsl_statistics_double.h>

/// The method of trust regions. The library declares it as a variable, which Swift would take for shared state that may change.
static inline const gsl_multifit_nlinear_type *confab_trust_regions(void) { return gsl_multifit_nlinear_trust; }
