#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Random PDUs of every type between Erlang's asn1 and the project's engine: octets and values. IUPLUS_ORACLE_COUNT: how many a type.
. "${srcdir:=.}/test/oracle/setup.sh"
setup ranap rrc rnsap ranap-official rrc-official rnsap-official
exec python3 "$here/roundtrip.py" "$IUPLUS_ORACLE_DB" "$top_builddir/test/oracle/per_json"
