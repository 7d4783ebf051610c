#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The end-to-end cases that depend on SCTP, over the kernel's; in a user-mode kernel if the running one has none.
# Exit status 77 (skipped) if neither is available, or if a user-mode kernel cannot run these programs.
: "${srcdir:=.}" "${top_builddir:=.}"
export top_builddir
run="$srcdir/test/uml-run"
if ! [ -x /usr/bin/python3 ]; then
	echo "skipped: no python3"
	exit 77
fi
if ! "$run" --check >/dev/null 2>&1; then
	echo "skipped: no SCTP in this kernel, and no user-mode-linux"
	exit 77
fi
# AddressSanitizer's shadow memory is outside the address space of a user-mode kernel
if ! "$run" --timeout 60 -- "$top_builddir/src/iuplus-relocate" --version >/dev/null 2>&1; then
	echo "skipped: these programs do not start in a user-mode kernel"
	exit 77
fi
# tshark would decode the same messages as in the other run, and is slow in the user-mode kernel
exec env IUPLUS_E2E_TSHARK=no "$run" --timeout 300 -- /usr/bin/python3 -B "$srcdir/test/e2e/relocate.py" --sctp kernel \
	'combination-*' aka-always fault-kill-target-904 fault-kill-sgsn-905 runs-side-by-side
