#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Random PDUs of every type are well formed for tshark. IUPLUS_TSHARK_COUNT: PDUs per type.
. "${srcdir:=.}/test/oracle/setup.sh"
command -v tshark >/dev/null || { echo "skipped: no tshark"; exit 77; }
setup ranap rrc rnsap
exec python3 "$here/tshark.py" "$IUPLUS_ORACLE_DB"
