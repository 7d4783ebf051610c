#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The rows of the conformance test themselves (check.py). Exit status 77 (skipped) without Python.
: "${srcdir:=.}"
if ! [ -x /usr/bin/python3 ]; then
	echo "skipped: no python3"
	exit 77
fi
exec /usr/bin/python3 -B "$srcdir/test/conformance/check.py"
