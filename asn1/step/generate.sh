#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# generate.sh PROTOCOL UNITS OUTDIR MODULE.asn...
# One protocol's modules to OUTDIR/gen-<protocol>.h, -1.c .. -UNITS.c and -tables.c. From the environment: PERL,
# ASN1C, ASN1C_SKELETONS.
set -e
here=$(cd "$(dirname "$0")" && pwd)
protocol=$1 units=$2 out=$3
shift 3
lower=$(echo "$protocol" | tr A-Z a-z)
work=$out/asn1c-$lower
rm -rf "$work"
mkdir -p "$work"
"$PERL" "$here/resolve.pl" "$protocol" "$out/gen-$lower.asn1" "$out/gen-$lower-tables.c" "$@"
if ! (cd "$work" && "$ASN1C" -gen-PER -fcompound-names -S "$ASN1C_SKELETONS" -R "../gen-$lower.asn1" > log 2>&1); then
	cat "$work/log" >&2
	exit 1
fi
"$PERL" "$here/merge.pl" unit "$protocol" "$work" "$ASN1C_SKELETONS" "$out/gen-$lower" "$units"
rm -rf "$work"
