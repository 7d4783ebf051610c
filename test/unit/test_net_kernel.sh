#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The tests of test_net_iu over the kernel's SCTP; in a user-mode kernel where the running one has none.
# Exit status 77 (skipped) when neither is to be had.
: "${srcdir:=.}" "${top_builddir:=.}"
run="$srcdir/test/uml-run"
if ! "$run" --check >/dev/null 2>&1; then
	echo "skipped: no SCTP in this kernel, and no user-mode-linux"
	exit 77
fi
exec "$run" --timeout 120 -- env IUPLUS_TEST_SCTP=kernel "$top_builddir/test/unit/test_net_iu_kernel"
