#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh SRCDIR BUILDDIR: every benchmark, with the peers that were built; instructions if valgrind is installed.
set -e
src=$1 build=$2
bench=$build/test/bench
osmo='' asn1c='' failed=0
[ -f "$bench/bench_osmo.so" ] && osmo="-p $bench/bench_osmo.so"
[ -f "$bench/bench_asn1c.so" ] && asn1c="-p $bench/bench_asn1c.so"
# libtool's wrapper of a program is a script: callgrind must run the program itself
count() {
	command -v valgrind > /dev/null || { echo "(no valgrind: instructions are not counted)"; return 0; }
	program=$1
	shift
	[ -x "$bench/.libs/$program" ] && program=.libs/$program
	LD_LIBRARY_PATH=$build/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} "$src/test/bench/instructions.sh" \
		"$bench/$program" "$@"
}
for pdus in "$src/test/vectors/pdus-public.tsv" "$src/test/vectors/ranap-pdus.tsv"; do
	echo "== RANAP, typed calls beside generic ones, $(basename "$pdus")"
	"$bench/bench_ranap" -t < "$pdus" || failed=1
	count bench_ranap -t < "$pdus" || failed=1
done
for pdus in "$src/test/vectors/ranap-pdus.tsv" "$src/test/bench/pdus-made.tsv"; do
	echo "== RANAP, $(basename "$pdus")"
	"$bench/bench_ranap" $osmo < "$pdus" || failed=1
	count bench_ranap $osmo < "$pdus" 2> /dev/null || failed=1
done
for messages in "$src/test/vectors/rrc-messages.txt" "$src/test/bench/rrc-random.txt"; do
	echo "== RRC, $(basename "$messages")"
	"$bench/bench_rrc" $asn1c < "$messages" || failed=1
	count bench_rrc $asn1c < "$messages" 2> /dev/null || failed=1
done
echo "== machines"
"$bench/bench_machines" || failed=1
if command -v valgrind > /dev/null; then
	valgrind -q --tool=callgrind --callgrind-out-file="$bench/machines" "$bench/bench_machines" -c > /dev/null 2>&1 &&
		sed -n 's/^\(summary\|totals\): /one relocation, instructions: /p' "$bench"/machines.* | head -1 || failed=1
	rm -f "$bench"/machines*
fi
echo "== linearity"
"$bench/bench_linear"
exit $failed
