#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The change requests in patches/ agree with the extension in asn1/. Exit status 77 (skipped) without Python.
: "${srcdir:=.}"
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
exec python3 -B "$srcdir/test/official/step.py" "$srcdir/asn1" "$srcdir/patches"
