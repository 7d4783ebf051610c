#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# iuplus-pdu as its users call it. Exit status 77 (skipped) without Python.
: "${srcdir:=.}" "${top_builddir:=.}"
export srcdir top_builddir
if ! command -v python3 >/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
exec python3 -B "$srcdir/test/e2e/pdu.py" "$@"
