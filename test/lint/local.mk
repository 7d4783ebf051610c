# SPDX-License-Identifier: BSD-2-Clause
TESTS += test/lint/headers
EXTRA_DIST += test/lint/circles test/lint/exports test/lint/headers
