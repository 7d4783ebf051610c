#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The change requests in patches/ and the extension in asn1/ are in step. Exit status 77 (skipped) without Python.
: "${srcdir:=.}"
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
exec python3 -B "$srcdir/test/official/step.py" "$srcdir/asn1" "$srcdir/patches"
