#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The judge's own cryptography against the published vectors.
. "${srcdir:=.}/test/oracle/setup.sh"
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
exec python3 "$here/umts_crypto.py" "$srcdir/test/vectors"
