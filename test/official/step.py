#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""step.py ASN1-FOLDER PATCHES-FOLDER: the change requests agree with this project's modules. 3GPP's modules are not needed.

Compared, as tokens: the numbers of the IEs, every type that the extension adds, every IE added to an object set (the set, at its
end), every level added at the end of a non-critical chain (the message, and the branch by the preceding word). Prints differences;
the exit status is then 1.
"""
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'oracle'))
from modules import assignments, body_of, skip, tokens    # noqa: E402

# None: nothing of the extension is in the protocol
SPECS = {'RANAP': '25413-ranap', 'RNSAP': None, 'RRC': '25331-rrc'}
START = re.compile(r'([A-Za-z][\w-]*)[ \t]*(?:[A-Z][\w-]*)?[ \t]*::=')
HUNK = re.compile(r'@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@ ?(.*)')
LEVEL = 'vIuplusNonCriticalExtensions'
problems = []


def hunks(path):
    """(the place given by diff, lines) of every hunk; its lengths must agree with its header."""
    with open(path, encoding='utf-8') as f:
        lines = f.read().splitlines()
    out, i = [], 0
    while i < len(lines):
        m = HUNK.match(lines[i])
        if not m:
            if not lines[i].startswith(('--- ', '+++ ')):
                problems.append('%s:%d: %r is not a line of a diff' % (path, i + 1, lines[i]))
            i += 1
            continue
        old, new = int(m.group(1) or 1), int(m.group(2) or 1)
        body = []
        i += 1
        while (old or new) and i < len(lines):
            mark = lines[i][:1] or ' '
            old -= mark in ' -'
            new -= mark in ' +'
            body.append(mark + lines[i][1:])
            i += 1
        if old or new:
            problems.append('%s:%d: the hunk ends early' % (path, i))
        out.append((m.group(3), body))
    return out


def objects(toks):
    """(id, criticality, type, presence) of each IE in an object set's tokens."""
    for i, t in enumerate(toks):
        if t == 'ID' and toks[i - 1] == '{':
            words = toks[i:skip(toks, i - 1) - 1]
            if len(words) == 8:
                yield words[1], words[3], words[5], words[7]


def levels(toks):
    """(the preceding word, its member, that member's type) of each level of the extension."""
    for i, t in enumerate(toks):
        if t == LEVEL:
            inner = toks[i + 3:skip(toks, i + 2) - 1]
            if inner[2:] != [',', 'nonCriticalExtensions', 'SEQUENCE', '{', '}', 'OPTIONAL']:
                problems.append('a malformed level: %s' % ' '.join(inner))
            yield toks[i - 2], inner[0], inner[1]


class Extension:
    def __init__(self):
        self.numbers, self.types, self.ies, self.levels = {}, {}, {}, {}

    def define(self, part):
        if part[0].startswith('id-'):
            self.numbers[part[0]] = part[-1]
        else:
            self.types[part[0]] = part[1:]

    def level(self, place, found):
        self.levels.setdefault(place, []).extend(found)


def ours(protocol, folder):
    own = Extension()
    numbers = {}
    for path in sorted(glob.glob(os.path.join(folder, protocol.lower(), '*.asn')) + glob.glob(os.path.join(folder, 'iuplus', '*.asn'))):
        name = os.path.basename(path)
        if not name.startswith((protocol + '-', 'IUPLUS-' + protocol, 'IUPLUS-Constants')):
            continue
        with open(path, encoding='ascii') as f:
            parts = list(assignments(body_of(tokens(f.read()))))
        for p in parts:
            if name == 'IUPLUS-Constants.asn':
                numbers[p[0]] = p[-1]
            elif name.startswith('IUPLUS-'):
                own.define(p)
            else:
                found = [o for o in objects(p) if o[0] in numbers]
                if found:
                    own.ies[p[0]] = found
                    if list(objects(p))[-len(found):] != found:
                        problems.append('%s: the IEs of the extension are not last' % p[0])
                if LEVEL in p:
                    own.level(p[0], levels(p))
    used = {o[0] for ies in own.ies.values() for o in ies}
    own.numbers = {k: v for k, v in numbers.items() if k in used}
    return own


def place_of(hint, names):
    """The assignment that diff names in a hunk's header, which may be truncated."""
    m = START.match(hint)
    name = m.group(1) if m else re.match(r'[\w-]*', hint).group(0)
    found = [n for n in names if n == name or (not m and n.startswith(name))]
    return found[0] if len(found) == 1 else name


def theirs(path, own):
    cr = Extension()
    for hint, body in hunks(path):
        place, minus, plus, before = hint, [], [], []
        for line in body + [' ']:
            mark, text = line[0], line[1:]
            if mark == '-':
                minus.append(text)
            elif mark == '+':
                plus.append(text)
            else:
                change(cr, path, place, before, minus, plus, own)
                minus, plus = [], []
                place = text if START.match(text) else place
                before = tokens(text) or before
    return cr


def change(cr, path, place, before, minus, plus, own):
    """One change inside a hunk: the removed words are added again, followed by more of a list, or are the empty end of a chain."""
    old, new = tokens('\n'.join(minus)), tokens('\n'.join(plus))
    if old == ['nonCriticalExtensions', 'SEQUENCE', '{', '}', 'OPTIONAL'] and LEVEL in new:
        cr.level(place_of(place, own.levels), levels(before + new))
        return
    kept = old[:-1] if old[-1:] == [','] else old
    if new[:len(kept)] != kept:
        problems.append('%s: %r is removed and not added again' % (path, ' '.join(old)))
    new = new[len(kept):]
    found = list(objects(new))
    if any(START.match(line) for line in plus):
        for p in assignments(new):
            cr.define(p)
    elif found:
        cr.ies.setdefault(place_of(place, own.ies), []).extend(found)
    else:	# lines of IMPORTS
        for t in new:
            if t != ',' and t not in own.numbers and t not in own.types:
                problems.append('%s: adds %r, which is not part of the extension' % (path, t))


def compare(what, a, b):
    for k in sorted(set(a) | set(b)):
        if a.get(k) != b.get(k):
            problems.append('%s %s:\n  asn1/    %s\n  patches/ %s' % (what, k, words(a.get(k)), words(b.get(k))))


def words(v):
    if v is None:
        return 'is absent'
    return ' '.join(v) if isinstance(v, list) and v and isinstance(v[0], str) else str(v)


def main():
    asn1, patches = sys.argv[1:]
    for protocol, spec in SPECS.items():
        own = ours(protocol, asn1)
        if not spec:
            if own.types or own.ies or own.levels:
                problems.append('%s has a part of the extension: %s' % (protocol, [*own.types, *own.ies, *own.levels]))
            continue
        cr = theirs(os.path.join(patches, spec + '.diff'), own)
        compare(protocol + ' number', own.numbers, cr.numbers)
        compare(protocol + ' type', own.types, cr.types)
        compare(protocol + ' object set', own.ies, cr.ies)
        compare(protocol + ' chain', own.levels, cr.levels)
        if not own.types or not (own.ies or own.levels):
            problems.append('%s: nothing found in %s' % (protocol, asn1))
    for p in problems:
        print(p)
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
