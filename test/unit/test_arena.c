/* SPDX-License-Identifier: BSD-2-Clause */
/* test_arena.c: the message arena and the names of return codes. */
#include "test/unit/cunit_main.h"

#include <iuplus/iuplus.h>

static bool all_zero(const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void pieces(void)
{
	struct iuplus_arena a;
	uint8_t *p[100];
	size_t i;

	iuplus_arena_init(&a, 0);
	for (i = 0; i < 100; i++) {
		p[i] = iuplus_arena_alloc(&a, i * 37);
		CU_ASSERT_PTR_NOT_NULL_FATAL(p[i]);
		CU_ASSERT_EQUAL((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		CU_ASSERT_TRUE(all_zero(p[i], i * 37));
		memset(p[i], (int)i + 1, i * 37);
	}
	for (i = 0; i < 100; i++)
		CU_ASSERT_TRUE(i == 0 || (p[i][0] == i + 1 && p[i][i * 37 - 1] == i + 1));
	iuplus_arena_free(&a);
}

static void zeroed_again(void)
{
	struct iuplus_arena a;
	int round;

	iuplus_arena_init(&a, 0);
	for (round = 0; round < 4; round++) {
		size_t n;

		for (n = 1; n < 60000; n = 3 * n + 1) {
			uint8_t *p = iuplus_arena_alloc(&a, n);

			CU_ASSERT_PTR_NOT_NULL_FATAL(p);
			CU_ASSERT_TRUE(all_zero(p, n));
			memset(p, 0xa5, n);
		}
		iuplus_arena_reset(&a, round & 1);
	}
	iuplus_arena_free(&a);
	CU_ASSERT_PTR_NOT_NULL(iuplus_arena_alloc(&a, 10));
	iuplus_arena_free(&a);
}

static void limit(void)
{
	struct iuplus_arena a;
	size_t got = 0;

	iuplus_arena_init(&a, 100000);
	while (iuplus_arena_alloc(&a, 1000))
		got += 1000;
	CU_ASSERT_TRUE(got >= 97000 && got <= 100000);
	CU_ASSERT_PTR_NULL(iuplus_arena_alloc(&a, 2000));
	CU_ASSERT_PTR_NULL(iuplus_arena_alloc(&a, SIZE_MAX));
	CU_ASSERT_PTR_NULL(iuplus_arena_alloc(&a, SIZE_MAX - 7));
	iuplus_arena_reset(&a, false);
	CU_ASSERT_PTR_NOT_NULL(iuplus_arena_alloc(&a, 90000));
	iuplus_arena_free(&a);
}

static void copy(void)
{
	struct iuplus_arena a;
	const char *text = "copied octets";
	char *p;

	iuplus_arena_init(&a, 0);
	p = iuplus_arena_copy(&a, text, strlen(text) + 1);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_STRING_EQUAL(p, text);
	CU_ASSERT_PTR_NOT_NULL(iuplus_arena_copy(&a, NULL, 0));
	iuplus_arena_free(&a);
	iuplus_arena_free(&a);
}

static void names(void)
{
	int rc;

	CU_ASSERT_STRING_EQUAL(iuplus_strrc(IUPLUS_OK), "ok");
	CU_ASSERT_STRING_EQUAL(iuplus_strrc(IUPLUS_ERR_TRUNCATED), "truncated");
	for (rc = -40; rc < 40; rc++)
		CU_ASSERT_PTR_NOT_NULL(iuplus_strrc(rc));
	CU_ASSERT_STRING_EQUAL(iuplus_strrc(1), iuplus_strrc(IUPLUS_ERR_IO - 1));
	CU_ASSERT_STRING_NOT_EQUAL(iuplus_strrc(IUPLUS_ERR_IO), iuplus_strrc(1));
}

IUPLUS_CUNIT_MAIN("arena", { "pieces are zeroed, aligned and apart", pieces },
		  { "reset zeroes and keeps", zeroed_again }, { "limit", limit }, { "copy", copy },
		  { "names of return codes", names })
