/* SPDX-License-Identifier: BSD-2-Clause */
/* failing.h: failing allocations: the n-th allocation of a call, for every n. */
#ifndef IUPLUS_TEST_FAILING_H
#define IUPLUS_TEST_FAILING_H

#include <stdbool.h>

/* Calls what with its first allocation failing, then with its second one, until no allocation of a call fails. Returns
 * the number of allocations that failed. */
unsigned failing_each(void (*what)(void *), void *user);
/* True if an allocation of the present call has failed. */
bool failing_hit(void);
/* Number of allocations of the process not yet freed; 0 in a build with sanitizers, which detect leaks themselves. */
unsigned long failing_held(void);

#endif
