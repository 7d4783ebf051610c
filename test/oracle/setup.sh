# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# setup.sh (sourced): skips a test without Erlang or Python, and compiles the oracle into $IUPLUS_ORACLE_DB (default: in the
# build tree). setup PROTO ... names the protocols needed.
: "${srcdir:=.}" "${top_builddir:=.}"
here=$srcdir/test/oracle
: "${IUPLUS_ORACLE_DB:=$top_builddir/test/oracle/db}"
k=465b5ce8b199b49faa5f0a2ee238a6bc	# the test subscriber's, test set 1 of TS 35.208
opc=cd63cb71954a9f4e48a5994e37a02baf

setup() {
	for tool in erlc erl python3; do
		command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
	done
	log=$IUPLUS_ORACLE_DB.log
	mkdir -p "$(dirname "$log")"
	# one compilation at a time, for tests that run in parallel
	(flock 9; "$here/build.sh" "$srcdir/asn1" "$IUPLUS_ORACLE_DB" "$@") 9>"$IUPLUS_ORACLE_DB.lock" >"$log" 2>&1 || {
		tail -n 20 "$log"
		exit 1
	}
}
