# SPDX-License-Identifier: BSD-2-Clause
EXTRA_DIST += test/lint/circles
