#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The checker's own cryptography tested with the published vectors.
. "${srcdir:=.}/test/oracle/setup.sh"
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
exec python3 "$here/umts_crypto.py" "$srcdir/test/vectors"
