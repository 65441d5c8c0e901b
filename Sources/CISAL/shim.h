// What the module ErasureCoding uses of the Intelligent Storage Acceleration Library.
#include <isa-l/erasure_code.h>
