#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Builds everything from 3GPP's complete modules in the folder IUPLUS_3GPP_ASN1, runs the tests of codecs and procedures on that
# build, and compares its octets and values with those of the build from this project's modules. Takes some minutes; skipped if the
# variable is not set.
: "${srcdir:=.}" "${top_builddir:=.}"
if [ -z "$IUPLUS_3GPP_ASN1" ]; then
	echo "skipped: IUPLUS_3GPP_ASN1 does not name the folder of 3GPP's modules"
	exit 77
fi
if [ -f "$srcdir/config.status" ]; then
	echo "skipped: the source tree is configured itself; build in another folder"
	exit 77
fi
modules=$(cd "$IUPLUS_3GPP_ASN1" && pwd) || exit 1
src=$(cd "$srcdir" && pwd)
own=$(cd "$top_builddir" && pwd)
build=$own/test/official/build
failed=0
complain() { echo "$*"; failed=1; }
state() { find "$modules" -type f -exec cksum {} + | sort; }
before=$(state)

# A folder that lacks a module, and one that is not Rel-16: one line each.
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cp -R "$modules" "$tmp/broken"
chmod -R u+w "$tmp/broken"
refuse() {
	if "$src/asn1/step/official.sh" "$tmp/broken" "$src/patches" "$tmp/out" >"$tmp/said" 2>&1; then
		complain "official.sh takes a folder $1"
	fi
	[ "$(wc -l <"$tmp/said")" -eq 1 ] && grep -q "$2" "$tmp/said" || complain "official.sh on a folder $1 says: $(cat "$tmp/said")"
	[ ! -e "$tmp/out" ] || complain "official.sh leaves its output after a failure"
}
sed 's/id-SRVCCSource/id-SRVCCSourc/' "$modules/25413-ranap/RANAP-Constants.asn" >"$tmp/broken/25413-ranap/RANAP-Constants.asn"
refuse "with a changed module" '25413-ranap.diff does not apply to .*RANAP-Constants.asn'
rm "$tmp/broken/25331-rrc/Class-definitions.asn"
refuse "without a module" 'Class-definitions.asn is missing'

mkdir -p "$build"
(
	cd "$build" || exit 1
	# the options of this build, except the folder of the modules
	eval "set -- $("$own/config.status" --config)"
	[ -f config.status ] || "$src/configure" "$@" --srcdir="$src" --with-3gpp-asn1="$modules" || exit 1
	# make's own variables select this run's tests and jobs
	unset MAKEFLAGS MFLAGS MAKELEVEL TESTS srcdir top_builddir IUPLUS_3GPP_ASN1
	# one goal per make: "all" is a make of its own
	make -j"$(nproc)" && make -j"$(nproc)" test/oracle/per_json &&
		make check TESTS="$(echo 'include Makefile
official-tests:
	@echo $(filter-out test/official% test/e2e/kernel.sh test/oracle/% test/unit/test_net_% test/unit/test_node_%,$(TESTS))' |
			make -s -f - official-tests)"
) >"$tmp/log" 2>&1 || {
	grep -E '^(FAIL|ERROR)|error:|\*\*\*' "$tmp/log" | head -n 20
	complain "the build from $modules, or a test of it, fails (build in $build)"
}
[ "$(state)" = "$before" ] || complain "$modules was changed"

theirs=$build/test/oracle/per_json
if [ -x "$theirs" ] && command -v python3 >/dev/null; then
	for relocate in "$own/src/iuplus-relocate" "$build/src/iuplus-relocate"; do
		for case in "--ue enhanced --source legacy --target enhanced" "--ue enhanced --source enhanced --target enhanced"; do
			# shellcheck disable=SC2086
			"$relocate" --quiet --out "$tmp/run" $case >"$tmp/log" 2>&1 || complain "$relocate $case: $(tail -n 1 "$tmp/log")"
			python3 -B "$src/test/official/same.py" "$own/test/oracle/per_json" "$theirs" capture "$tmp/run/iuplus.pcapng" || failed=1
			rm -rf "$tmp/run"
		done
	done
	# Erlang's random PDUs of the types that both builds have
	if command -v erl >/dev/null && command -v erlc >/dev/null; then
		db=$own/test/official/db
		"$src/test/oracle/build.sh" "$src/asn1" "$db" ranap rrc rnsap >"$tmp/log" 2>&1 || complain "oracle: $(tail -n 3 "$tmp/log")"
		python3 -B "$src/test/official/same.py" "$own/test/oracle/per_json" "$theirs" random "$db" "${IUPLUS_ORACLE_COUNT:-20}" \
			"${IUPLUS_SEED:-$(date +%s)}" || failed=1
	fi
fi
exit $failed
