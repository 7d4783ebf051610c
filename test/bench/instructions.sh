#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# instructions.sh PROGRAM [-t] [-p PEER.so]... < PDUs
# Runs bench_ranap or bench_rrc under callgrind and prints instructions per PDU: per message, and the mean of all PDUs
# that every codec can process.
set -e
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
program=$1
shift
valgrind -q --tool=callgrind --callgrind-out-file="$dir/out" "$program" "$@" -c > "$dir/log" 2>&1 || {
	cat "$dir/log" >&2
	exit 1
}
grep -v '^==' "$dir/log" >&2 || :
for f in "$dir"/out.*; do
	sed -n 's/^desc: Trigger: Client Request: //p; s/^\(summary\|totals\): //p' "$f" | head -2 | tr '\n' '\t'
	echo
done | awk -F'\t' '
NF >= 2 {
	split($1, l, " ")
	key = l[6]; name[key] = l[7]; octets[key] = l[5]; codecs[l[2]] = l[3]
	if (l[2] > last) last = l[2]
	count[key, l[2], l[4]] = $2 / l[1]
	if (key + 0 > pdus) pdus = key + 0
}
function row(title, who,  i, k, n, len, d, e, s) {
	for (i = 1; i <= pdus; i++) {
		if (who != "" && name[i] != who) continue
		for (k = 0; k <= last && ((i, k, "encode") in count); k++) ;
		if (k <= last) continue
		n++; len += octets[i]
		for (k = 0; k <= last; k++) { d[k] += count[i, k, "decode"]; e[k] += count[i, k, "encode"] }
	}
	if (!n) return
	s = sprintf("%-28s %4d %6.1f", title, n, len / n)
	for (k = 0; k <= last; k++) s = s sprintf(" %8.0f", d[k] / n)
	for (k = 1; k <= last; k++) s = s sprintf(" %6.2fx", d[k] / d[0])
	for (k = 0; k <= last; k++) s = s sprintf(" %8.0f", e[k] / n)
	for (k = 1; k <= last; k++) s = s sprintf(" %6.2fx", e[k] / e[0])
	for (k = 0; k <= last; k++) s = s sprintf(" %8.0f", (d[k] + e[k]) / n)
	for (k = 1; k <= last; k++) s = s sprintf(" %6.2fx", (d[k] + e[k]) / (d[0] + e[0]))
	print s
}
END {
	s = sprintf("%-28s %4s %6s", "instructions per PDU", "PDUs", "octets")
	split("dec enc both", w, " ")
	for (o = 1; o <= 3; o++) {
		for (k = 0; k <= last; k++) s = s sprintf(" %8s", w[o] ":" substr(codecs[k], 1, 4))
		for (k = 1; k <= last; k++) s = s "   ratio"
	}
	print s
	for (i = 1; i <= pdus; i++) if (!(name[i] in seen)) { seen[name[i]] = 1; row(name[i], name[i]) }
	row("mean of all PDUs", "")
}'
