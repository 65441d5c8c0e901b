// Counts the allocations of the process that this is linked into.
#ifndef CONFAB_ALLOCATION_COUNT_H
#define CONFAB_ALLOCATION_COUNT_H

#include <stdbool.h>
#include <stdint.h>

/// Whether allocations are counted: not under a sanitizer, which has an allocator of its own, and only with the GNU C library.
bool confab_counts_allocations(void);

/// How many blocks the calling thread has allocated.
uint64_t confab_allocation_count(void);

#endif
