#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# asn1c_peer.sh PLAIN.asn1 BENCH_ASN1C.c OUT.so
# The peer of bench_rrc: all code that asn1c generates from the plain module, unchanged, with its own runtime, at -O2.
# From the environment: ASN1C, ASN1C_SKELETONS, CC.
set -e
plain=$(realpath "$1")
peer=$(realpath "$2")
work=$3.work
rm -rf "$work"
mkdir -p "$work"
out=$(realpath "$(dirname "$3")")/$(basename "$3")
cd "$work"
${ASN1C:-asn1c} -gen-PER -fcompound-names -S "${ASN1C_SKELETONS:-/usr/share/asn1c}" "$plain" > log 2>&1 || {
	cat log >&2
	exit 1
}
rm -f converter-sample.c
# only the types used in the four messages, and the runtime
for m in DL-DCCH UL-DCCH DL-CCCH UL-CCCH; do echo "#include <RRC-$m-Message.h>"; done > needed.h
${CC:-gcc} -I. -M -x c needed.h | tr -s ' \\' '\n' | sed -n 's/^\(RRC-.*\)\.h$/\1.c/p' > needed
ls ./*.c | grep -v '^\./RRC-' >> needed
xargs -P "$(nproc)" -n 40 ${CC:-gcc} -w -O2 -fPIC -I. -c < needed
${CC:-gcc} -w -O2 -fPIC -shared -I. -I"$(dirname "$peer")/../.." "$peer" ./*.o -o "$out"
cd - > /dev/null
rm -rf "$work"
