#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The end-to-end cases over the SCTP that this machine has. Exit status 77 (skipped) without Python.
: "${srcdir:=.}" "${top_builddir:=.}"
export top_builddir
if ! command -v python3 >/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
exec python3 -B "$srcdir/test/e2e/relocate.py" "$@"
