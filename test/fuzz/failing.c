/* SPDX-License-Identifier: BSD-2-Clause */
/* failing.c: the allocator's functions with a counter. A sanitizer has an allocator of its own: then the linker
 * redirects the calls of the objects that it links to these functions (--wrap). Otherwise the program defines functions
 * of these names, which the libraries use too. */
#include "test/fuzz/failing.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

static bool armed, hit;
static unsigned left;

static bool fails(void)
{
	if (!armed || left-- > 0)
		return false;
	armed = false;
	hit = true;
	return true;
}

#ifdef FAILING_WRAPPED
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	return fails() ? NULL : __real_realloc(p, size);
}

unsigned long failing_held(void)
{
	return 0;
}
#else
/* the C library's allocator, by the names that remain if a program has its own malloc */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

static unsigned long held;

static void *taken(void *p)
{
	held += p != NULL;
	return p;
}

/* the libraries are to find these */
#pragma GCC visibility push(default)
void *malloc(size_t size)
{
	return fails() ? NULL : taken(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : taken(__libc_calloc(n, size));
}

void *realloc(void *old, size_t size)
{
	void *p;

	if (fails())
		return NULL;
	p = __libc_realloc(old, size);
	if (!old)
		taken(p);
	else if (size == 0 && !p)
		held--;
	return p;
}

void free(void *p)
{
	held -= p != NULL;
	__libc_free(p);
}
#pragma GCC visibility pop

unsigned long failing_held(void)
{
	return held;
}
#endif

bool failing_hit(void)
{
	return hit;
}

unsigned failing_each(void (*what)(void *), void *user)
{
	unsigned n;

	for (n = 0; n < 20000; n++) {
		left = n;
		hit = false;
		armed = true;
		what(user);
		armed = false;
		if (!hit)
			break;
	}
	if (n == 20000) {
		fprintf(stderr, "%u allocations failed, and there is no end\n", n);
		abort();
	}
	return n;
}
