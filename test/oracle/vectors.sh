#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# PDUs from public sources: see vectors.py.
. "${srcdir:=.}/test/oracle/setup.sh"
setup ranap rrc
exec python3 -B "$here/vectors.py" "$IUPLUS_ORACLE_DB" "$top_builddir/test/oracle/per_json" "$srcdir/test/vectors/pdus-public.tsv"
