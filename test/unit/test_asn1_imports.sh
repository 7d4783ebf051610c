#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# test_asn1_imports.sh: resolve.pl rejects modules whose IMPORTS differ from the symbols that they use, and prints the right
# IMPORTS; the project's modules import exactly the symbols that they use.
: "${srcdir:=.}"
step=$(cd "$srcdir/asn1/step" && pwd) || exit 1
asn1=$(cd "$srcdir/asn1" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
complain() { echo "$*"; failed=1; }

resolve() { perl "$step/resolve.pl" "$@" >said 2>&1; }
# refused WHAT LINE...: the build and the check reject the pair and print exactly these lines
refused() {
	what=$1
	shift
	printf '%s\n' "$@" >expected
	if resolve TEST out.asn1 out.c user.asn definer.asn; then complain "$what: not refused"; fi
	cmp -s said expected || complain "$what: it says: $(cat said)"
	[ ! -e out.asn1 ] && [ ! -e out.c ] || complain "$what: there is output"
	rm -f out.asn1 out.c
}
# user IMPORTS: the module that uses symbols defined by the other one
user() {
	cat >user.asn <<-TXT
	User DEFINITIONS AUTOMATIC TAGS ::=
	BEGIN
	IMPORTS $1;
	Message ::= SEQUENCE {
	    cause   Cause,
	    maxItem INTEGER (0..5),
	    list    SEQUENCE (SIZE (1..maxItem)) OF ENUMERATED { unused, other (1) },
	    cells   Container {{Items}} OPTIONAL
	}
	Items TEST-ITEM ::= { { ID id-Cell TYPE Cause } | more, ... }
	END
	TXT
}
cat >definer.asn <<-TXT
	Definer DEFINITIONS AUTOMATIC TAGS ::=
	BEGIN
	TEST-ITEM ::= CLASS { &id INTEGER (0..255) UNIQUE, &Value } WITH SYNTAX { ID &id TYPE &Value }
	Container {TEST-ITEM : Set} ::= SEQUENCE { id TEST-ITEM.&id ({Set}), value TEST-ITEM.&Value ({Set}{@id}) }
	Cause ::= ENUMERATED { first, second }
	Unused ::= BOOLEAN
	unused INTEGER ::= 3
	maxItem INTEGER ::= 4
	id-Cell INTEGER ::= 1
	more TEST-ITEM ::= { ID 2 TYPE Unused }
	END
	TXT

all='Cause, Container{}, TEST-ITEM, id-Cell, maxItem, more'
user "$all FROM Definer"
resolve --imports user.asn definer.asn && [ ! -s said ] || complain "the pair that is right: $(cat said)"

missing() { echo "user.asn:$2: User uses $1 and does not import it: '$1 FROM Definer' belongs in its IMPORTS"; }
user "Container{}, TEST-ITEM, id-Cell, maxItem, more FROM Definer"
refused "a type" "$(missing Cause 5)"
user "Cause, TEST-ITEM, id-Cell, maxItem, more FROM Definer"
refused "a parameterised type" "$(missing Container 8)"
user "Cause, Container{}, id-Cell, maxItem, more FROM Definer"
refused "a class" "$(missing TEST-ITEM 10)"
user "Cause, Container{}, TEST-ITEM, maxItem, more FROM Definer"
refused "an IE's identifier" "$(missing id-Cell 10)"
user "Cause, Container{}, TEST-ITEM, id-Cell, more FROM Definer"
refused "a value" "$(missing maxItem 7)"
user "Cause, Container{}, TEST-ITEM, id-Cell, maxItem FROM Definer"
refused "an object" "$(missing more 10)"
user "TEST-ITEM, maxItem FROM Definer"
refused "several" "$(missing Cause 5)" "$(missing Container 8)" "$(missing id-Cell 10)" "$(missing more 10)"
user "$all, Gone FROM Definer"
refused "what no module defines" "user.asn:3: User imports Gone from Definer, which does not define it: no module defines it"
user "$all, Message FROM Definer"
refused "what it defines itself" "user.asn:3: User defines Message and imports it from Definer as well"
user "$all FROM Defyner"
refused "a module that is not there" "$(for s in Cause Container TEST-ITEM id-Cell maxItem more; do
	echo "user.asn:3: User imports $s from Defyner, which is not among the modules: '$s FROM Definer' would be right"
done)"
user "$all FROM Definer Cause FROM Definer"
refused "an import twice" "user.asn:3: User imports Cause twice"

# A compiler accepts unused imports, but the project's modules have none.
user "$all, Unused FROM Definer"
if resolve --imports user.asn definer.asn; then complain "an import that is not used: not refused"; fi
[ "$(cat said)" = "user.asn:3: User imports Unused and does not use it" ] || complain "an import that is not used: it says: $(cat said)"
for protocol in RANAP RNSAP RRC; do
	extra=$asn1/iuplus/IUPLUS-Constants.asn
	[ $protocol != RRC ] || extra=
	# shellcheck disable=SC2046,SC2086
	resolve --imports $(ls "$asn1/$(echo $protocol | tr A-Z a-z)"/*.asn "$asn1/iuplus/IUPLUS-$protocol"-*.asn) $extra ||
		complain "$protocol: $(cat said)"
done

# An IE added to a set without its IMPORTS.
cp "$asn1"/ranap/*.asn "$asn1"/iuplus/IUPLUS-RANAP-*.asn "$asn1/iuplus/IUPLUS-Constants.asn" .
sed -i 's/^\(ResetIEs RANAP-PROTOCOL-IES ::= {\)/\1 { ID id-RAB-ID CRITICALITY ignore TYPE RAB-ID PRESENCE optional } |/' RANAP-*.asn
rm -f user.asn definer.asn
if resolve RANAP out.asn1 out.c ./*.asn; then complain "an IE without its IMPORTS: not refused"; fi
[ "$(grep -c -e ' uses RAB-ID and does not import it' -e ' uses id-RAB-ID and does not import it' said)" = 2 ] &&
	[ "$(wc -l <said)" -eq 2 ] || complain "an IE without its IMPORTS: it says: $(cat said)"
exit $failed
