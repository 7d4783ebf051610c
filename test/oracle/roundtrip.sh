#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Random PDUs of every type between Erlang's asn1 and the project's engine: octets and values. IUPLUS_ORACLE_COUNT: PDUs per type.
# With IUPLUS_3GPP_ASN1 (a folder of 3GPP's complete modules) these modules verify that the extension is compatible.
. "${srcdir:=.}/test/oracle/setup.sh"
plain=official
[ -z "$IUPLUS_3GPP_ASN1" ] || plain=3gpp
setup ranap rrc rnsap ranap-$plain rrc-$plain rnsap-official ranap-more rrc-more rnsap-more
exec python3 "$here/roundtrip.py" "$IUPLUS_ORACLE_DB" "$top_builddir/test/oracle/per_json"
