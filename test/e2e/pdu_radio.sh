#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# iuplus-pdu --keylog on the datagrams of the radio. Exit status 77 (skipped) without Python.
: "${srcdir:=.}" "${top_builddir:=.}"
export srcdir top_builddir
if ! command -v python3 >/dev/null; then
	echo "skipped: no python3"
	exit 77
fi
exec python3 -B "$srcdir/test/e2e/pdu_radio.py" "$@"
