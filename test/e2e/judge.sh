#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# iuplus-pdu judge over the captures of before, and over edits of a capture. Exit status 77 (skipped) without Python.
: "${srcdir:=.}" "${top_builddir:=.}"
export srcdir top_builddir
if ! command -v python3 >/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
exec python3 -B "$srcdir/test/e2e/judge.py" "$@"
