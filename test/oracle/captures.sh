#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every combination of phones and RNCs, and other settings of the SGSN, verified from its capture and the subscriber's K alone; and flipped bits are detected.
. "${srcdir:=.}/test/oracle/setup.sh"
setup ranap rrc
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
try() {
	flips=$1
	shift
	rm -rf "$dir/run"
	if ! "$top_builddir/src/iuplus-relocate" --quiet --out "$dir/run" "$@" >"$dir/log" 2>&1; then
		echo "iuplus-relocate $*:"
		tail -n 5 "$dir/log"
		failed=1
	elif ! python3 "$here/check_capture.py" --oracle "$IUPLUS_ORACLE_DB" --k $k --opc $opc --result "$dir/run/result.json" \
			--flips "$flips" "$dir/run/iuplus.pcapng" >"$dir/log" 2>&1; then
		echo "capture of iuplus-relocate $*:"
		tail -n 5 "$dir/log"
		failed=1
	fi
}
for ue in legacy enhanced; do
	for source in legacy enhanced; do
		for target in legacy enhanced; do
			for aka in auto always; do
				try 20 --ue $ue --source $source --target $target --aka $aka
			done
			for integrity in uia1 uia2; do
				for encryption in uea0 uea1; do
					try 3 --ue $ue --source $source --target $target --integrity $integrity --encryption $encryption
				done
			done
		done
	done
done
top_builddir=$top_builddir python3 -B "$here/scenarios.py" --oracle "$IUPLUS_ORACLE_DB" --k $k --opc $opc || failed=1
exit $failed
