/* SPDX-License-Identifier: BSD-2-Clause */
/* failing.h: memory that is not given: the n-th allocation of a call, for every n. */
#ifndef IUPLUS_TEST_FAILING_H
#define IUPLUS_TEST_FAILING_H

#include <stdbool.h>

/* Calls what with its first allocation failing, then with its second, until one call has all it asks for. Returns how
 * many allocations failed. */
unsigned failing_each(void (*what)(void *), void *user);
/* Whether the call under way has had an allocation fail. */
bool failing_hit(void);
/* How many allocations of the process are held; 0 in a build with sanitizers, which look for leaks themselves. */
unsigned long failing_held(void);

#endif
