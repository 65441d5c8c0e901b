// Swift has no way to ask for a cache line ahead of its use.
#ifndef CONFAB_PREFETCH_H
#define CONFAB_PREFETCH_H

/// Asks the processor to fetch the cache line of an address that will soon be written. It may be any address.
static inline void confab_prefetch(const void *_Nonnull address) { __builtin_prefetch(address, 1, 3); }

#endif
