#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The tests of test_net_iu over the kernel's SCTP; in a user-mode kernel where the running one has none.
# Exit status 77 (skipped) when neither is to be had.
: "${srcdir:=.}" "${top_builddir:=.}"
run="$srcdir/test/uml-run"
case $("$run" --check 2>/dev/null) in
native*) ;;
uml*)
	# A user-mode kernel gives its programs too little address space for AddressSanitizer.
	if grep -q '^SANITIZE_CFLAGS = .*address' "$top_builddir/Makefile" 2>/dev/null; then
		echo "skipped: AddressSanitizer does not start in a user-mode kernel"
		exit 77
	fi
	;;
*)
	echo "skipped: no SCTP in this kernel, and no user-mode-linux"
	exit 77
	;;
esac
exec "$run" --timeout 120 -- env IUPLUS_TEST_SCTP=kernel "$top_builddir/test/unit/test_net_iu"
