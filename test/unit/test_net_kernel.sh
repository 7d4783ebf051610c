#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# test_net_sctp, test_net_routes and test_net_iu over the kernel's SCTP; in a user-mode kernel if the running one has none.
# Exit status 77 (skipped) if neither is available.
: "${srcdir:=.}" "${top_builddir:=.}"
run="$srcdir/test/uml-run"
if ! "$run" --check >/dev/null 2>&1; then
	echo "skipped: no SCTP in this kernel, and no user-mode-linux"
	exit 77
fi
tests="$top_builddir/test/unit/test_net"
exec "$run" --timeout 120 -- env IUPLUS_TEST_SCTP=kernel sh -c "${tests}_sctp_kernel && ${tests}_routes_kernel &&
	exec ${tests}_iu_kernel"
