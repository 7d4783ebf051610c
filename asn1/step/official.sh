#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# official.sh DIR PATCHES OUT
# Copies 3GPP's modules from DIR/25413-ranap, DIR/25423-rnsap and DIR/25331-rrc to OUT and applies the change requests in PATCHES to
# the copies; DIR is only read. A failure is one line. PATCH names the program (default: patch).
set -e
dir=$1 patches=$2 out=$3
fail() {
	echo "$*" >&2
	rm -rf "$out"
	exit 1
}
[ -n "$out" ] || { echo "usage: official.sh DIR PATCHES OUT" >&2; exit 64; }
[ -d "$dir" ] || fail "$dir is not a folder"
command -v "${PATCH:=patch}" >/dev/null || fail "patch is required for the official modules and was not found: on Debian, apt install patch"
rm -rf "$out"
for f in \
	25413-ranap/RANAP-CommonDataTypes 25413-ranap/RANAP-Constants 25413-ranap/RANAP-Containers 25413-ranap/RANAP-IEs \
	25413-ranap/RANAP-PDU-Contents 25413-ranap/RANAP-PDU-Descriptions \
	25423-rnsap/RNSAP-CommonDataTypes 25423-rnsap/RNSAP-Constants 25423-rnsap/RNSAP-Containers 25423-rnsap/RNSAP-IEs \
	25423-rnsap/RNSAP-PDU-Contents 25423-rnsap/RNSAP-PDU-Descriptions \
	25331-rrc/Class-definitions 25331-rrc/Constant-definitions 25331-rrc/InformationElements 25331-rrc/Internode-definitions \
	25331-rrc/PDU-definitions
do
	[ -r "$dir/$f.asn" ] || fail "$dir/$f.asn is missing: DIR must have the Rel-16 modules as described in patches/README.md"
	mkdir -p "$out/${f%/*}"
	# line ends as in the change requests
	tr -d '\r' < "$dir/$f.asn" > "$out/$f.asn"
done
for spec in 25413-ranap 25331-rrc; do
	patch=$(cd "$patches" && pwd)/$spec.diff
	log=$("$PATCH" -d "$out" -p1 --fuzz=0 --batch --no-backup-if-mismatch -i "$patch" 2>&1) || {
		what=$(echo "$log" | sed -n -e 's/^\(Hunk #[0-9]* FAILED at [0-9]*\).*/\1/p' | head -n 1)
		file=$(echo "$log" | sed -n -e 's/^patching file //p' -e '/FAILED/q' | tail -n 1)
		fail "$patch does not apply to $dir ($file: ${what:-$(echo "$log" | tail -n 1)}): are these the Rel-16 modules?"
	}
done
