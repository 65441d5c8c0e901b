// Swift sees neither of the calls that exchange two folders.
#ifndef CONFAB_EXCHANGE_H
#define CONFAB_EXCHANGE_H

/// Exchanges the names of two folders, so that nobody ever finds one of them missing. Returns zero, or the number of the error; a file system
/// may not be able to do it.
int confab_exchange(const char *_Nonnull first, const char *_Nonnull second);

#endif
