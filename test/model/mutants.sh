#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Puts faults back that the scheduler once found, one at a time, in a copy of the file, and expects the scheduler to find
# each of them. Run by "make check-model-mutants"; CC, CPPFLAGS, CFLAGS, LDFLAGS and LIBS are the build's.
#
# usage: mutants.sh SRCDIR BUILDDIR [NAME]...
set -eu
srcdir=$1
builddir=$2
shift 2
only=$*
schedules=${MODEL_MUTANT_SCHEDULES:-5000}
seed=${MODEL_SEED:-1}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
failed=0
count=0

# mutant NAME FILE... -- WHAT: reads a Perl program that edits the files; every one of them must change. The scheduler must
# find it.
mutant() {
	name=$1
	shift
	files=
	while [ "$1" != -- ]; do
		files="$files $1"
		shift
	done
	what=$2
	cat >"$dir/edit.pl"
	if [ -n "$only" ]; then
		case " $only " in *" $name "*) ;; *) return 0 ;; esac
	fi
	count=$((count + 1))
	objects=
	for file in $files; do
		base=$(basename "$file" .c)
		perl -0777 -p "$dir/edit.pl" "$srcdir/$file" >"$dir/$base.c"
		if cmp -s "$srcdir/$file" "$dir/$base.c"; then
			echo "$name: $file has no place for it any longer" >&2
			failed=$((failed + 1))
			return 0
		fi
		$CC $CPPFLAGS $CFLAGS -c "$dir/$base.c" -o "$dir/$base.o"
		objects="$objects $dir/$base.o"
	done
	# the objects of this edit come before the archive, whose members they replace
	$CC $CFLAGS $LDFLAGS -o "$dir/model" "$builddir"/test/model/*.o $objects \
		"$builddir/.libs/libiuplus_all.a" $LIBS
	if eval "'$dir/model' --seed $seed --schedules $schedules --processes 2 $ignore" >"$dir/out"; then
		echo "$name: not found in $schedules schedules from seed $seed ($what)" >&2
		failed=$((failed + 1))
	else
		sed -n "2s/^ *[0-9]* */$name: found: /p" "$dir/out"
	fi
	rm -f "$dir"/*.o
}

# What the code itself violates does not count as found.
ignore=
for round in 1 2 3 4 5 6; do
	eval "'$builddir/test/model/model' --seed $seed --schedules $schedules --processes 2 --keep-going $ignore" \
		>"$dir/out" && break
	if [ "$round" = 6 ]; then
		echo "the code itself violates too many invariants" >&2
		exit 1
	fi
	sed -n 's/^ *[0-9]\{1,\}  [^:]*: \(.*\) (--seed .*/\1/p' "$dir/out" | sed 's/["$`\\].*//' >"$dir/known"
	while read -r text; do
		ignore="$ignore --ignore \"$text\""
	done <"$dir/known"
done
[ -z "$ignore" ] || echo "without what the code itself violates:$ignore" >&2

mutant replayed-command src/proc/ue_keys.c src/proc/ue_rrc_security_mode.c -- \
	"the UE accepts a Security Mode Command again" <<'PERL'
s/return !verified->any \|\| iuplus_security_key_index_compare\(index, &verified->highest\) > 0;/(void)index;\n\treturn verified != NULL;/;
s/return rc == IUPLUS_ERR_REPLAY;/return rc == IUPLUS_ERR_REPLAY && !c;/;
PERL

mutant answered-unverified src/proc/ue_rrc_security_mode.c -- \
	"a Security Mode Command that does not verify is answered by a protected Security Mode Failure" <<'PERL'
s/(&change->keys, &change->integrity\);\n)(\treturn false;)/$1\tue_send_failure(c, IUPLUS_RRC_SECURITY_MODE_FAILURE, change->command->transaction,\n\t\t\tIUPLUS_RRC_FAILURE_INVALID_CONFIGURATION);\n$2/;
PERL

mutant unanswered-goes-on src/proc/rnc_security_mode.c -- \
	"without an answer to Security Mode Command the RNC goes on with the old keys" <<'PERL'
s/(was not answered"\);\n)\tunknown\(c, (.*?)\);/$1\tundo(c, $2);\n\tend(c);/;
PERL

mutant count-of-failed-command src/proc/rnc_security_mode.c -- \
	"COUNT-I of a Security Mode Command that failed is given to another message" <<'PERL'
s/if \(ue->integrity.started\)\n\t\tran_count_used\(&ue->integrity.dl\[2\], ue->pending.integrity.dl\[2\].sn\);/(void)ue;/;
PERL

mutant counts-go-back src/proc/rnc_security_mode.c -- \
	"a Security Mode Command that keeps the keys sets COUNT-I back, uplink NAS can be replayed" <<'PERL'
s/return runs && !command->key_new \? IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY : 0;/return runs && !command ? IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY : 0;/;
s/return command->has_enhanced \? !command->enhanced.vector_used : command->key_new;/return command->has_enhanced ? !command->enhanced.vector_used : command->key_new && !command->integrity.count;/ if 0;
s/\telse\n\t\tkeep_counts\(&ue->integrity, &ue->pending.integrity\);/\telse if (!ue)\n\t\tkeep_counts(&ue->integrity, &ue->pending.integrity);/;
PERL

mutant keystream-again src/proc/ue_rrc_reconfiguration.c -- \
	"the UE answers before the new cell is heard and may return: RB2's keystream is used twice" <<'PERL'
s/(static void arrive\(struct ue \*c\)\n\{\n)\tanswer\(c, true\);\n/$1/;
s/(\tif \(moves\) \{\n)(\t\tue_set_state\(c, IUPLUS_UE_ARRIVING\);)/$1\t\tanswer(c, true);\n$2/;
PERL

mutant overtaking-nas src/proc/rnc_security_mode.c -- \
	"NAS that overtakes Security Mode Complete is deciphered with the configuration before" <<'PERL'
s/rnc_hold_nas\(c, hold\);/rnc_hold_nas(c, false);/;
PERL

echo "$count faults put back, $failed not found"
test "$failed" -eq 0
