#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# build.sh ASN1-FOLDER ORACLE-DIR [PROTO ...]: compiles the project's modules with Erlang's asn1 into ORACLE-DIR. PROTO is ranap,
# rrc or rnsap, or one of these with -official (without the extension), with -more (with possible additions of a later release), or
# with -3gpp (3GPP's complete modules instead, from the folder IUPLUS_3GPP_ASN1). An output newer than its modules is kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
asn1=$(cd "$1" && pwd)
mkdir -p "$2"
cd "$2"
shift 2
fresh() {	# fresh FILE SOURCE ...
	local f=$1 s
	shift
	[ -f "$f" ] || return 1
	for s in "$@"; do [ "$s" -ot "$f" ] || return 1; done
}
build() {	# build PROTO
	local proto=$1 name=${1%%-*} from=$asn1 option=() rules=-bper upper
	upper=${name^^}
	case $proto in
	*-official) option=(--official);;
	*-more) option=(--more);;
	*-3gpp) option=(--3gpp) from=${IUPLUS_3GPP_ASN1:?names no folder of 3GPP\'s modules};;
	esac
	if fresh "$proto/$upper.beam" "$asn1/$name"/*.asn "$asn1"/iuplus/*.asn "$here/modules.py"; then
		return
	fi
	mkdir -p "$proto.new"
	python3 "$here/modules.py" "$upper" "$from" "$proto.new/$upper.asn" ${option[@]+"${option[@]}"}
	[ "$name" != rrc ] || rules=-buper
	(cd "$proto.new" && erlc "$rules" +maps +noobj "$upper.asn" && erlc "$upper.erl")
	rm -rf "$proto"
	mv "$proto.new" "$proto"
}
running=0
for proto in "$@"; do	# two at a time: RRC takes a minute
	build "$proto" &
	if [ $((running += 1)) -ge 2 ]; then
		wait -n
		running=$((running - 1))
	fi
done
while [ $running -gt 0 ]; do
	wait -n
	running=$((running - 1))
done
fresh oracle.beam "$here/oracle.erl" || erlc -o . "$here/oracle.erl"
