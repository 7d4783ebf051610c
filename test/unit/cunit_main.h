/* SPDX-License-Identifier: BSD-2-Clause */
/* cunit_main.h: main() of a CUnit program: one suite that prints only failures and CUnit's own summary. */
#ifndef IUPLUS_TEST_CUNIT_MAIN_H
#define IUPLUS_TEST_CUNIT_MAIN_H

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct iuplus_cunit_test {
	const char *name;
	void (*fn)(void);
};

/* CUnit's normal mode prints failures and the summary, nothing else. */
static int iuplus_cunit_run(const char *suite_name, const struct iuplus_cunit_test *tests, size_t count)
{
	CU_pSuite suite;
	size_t i;
	int failed;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 2;
	suite = CU_add_suite(suite_name, NULL, NULL);
	if (!suite)
		return 2;
	for (i = 0; i < count; i++)
		if (!CU_add_test(suite, tests[i].name, tests[i].fn))
			return 2;
	CU_basic_set_mode(CU_BRM_NORMAL);
	if (CU_basic_run_tests() != CUE_SUCCESS)
		return 2;
	failed = CU_get_number_of_failures() || CU_get_number_of_suites_failed();
	CU_cleanup_registry();
	return failed ? 1 : 0;
}

/* IUPLUS_CUNIT_MAIN("suite", {"test", function}, ...) */
#define IUPLUS_CUNIT_MAIN(suite_name, ...) \
	int main(void) \
	{ \
		static const struct iuplus_cunit_test tests[] = { __VA_ARGS__ }; \
		return iuplus_cunit_run(suite_name, tests, sizeof(tests) / sizeof(tests[0])); \
	}

#endif
