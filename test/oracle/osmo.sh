#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libosmo-ranap and the engine decode real, constructed and random RANAP-PDUs to the same values. IUPLUS_OSMO_COUNT: random PDUs per
# message.
. "${srcdir:=.}/test/oracle/setup.sh"
[ -x "$top_builddir/test/oracle/osmo_ranap" ] || {
	echo "skipped: built without libosmo-ranap (libosmo-ranap-dev osmo-libasn1c-dev)"
	exit 77
}
setup ranap rrc
exec python3 -B "$here/osmo.py" "$IUPLUS_ORACLE_DB" "$top_builddir/test/oracle/per_json" "$top_builddir/test/oracle/osmo_ranap" "$srcdir/asn1" \
	"$srcdir/test/vectors/ranap-pdus.tsv" "$srcdir/test/vectors/pdus-public.tsv" "$srcdir/test/bench/pdus-made.tsv"
