#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""modules.py PROTOCOL ASN1-FOLDER OUT.asn [--official|--3gpp|--more]: joins a protocol's modules into one for Erlang's asn1ct.

asn1ct accepts no circular imports, and names functions after the path of nested types, with at most 255 characters. So the
modules are joined, and anonymous types nested deeper than that become types of their own. Neither changes an encoding (X.680
24.7: AUTOMATIC TAGS tags the components independently). The transparent containers, octet strings in the module, are replaced by
the contents of their open types.
--official omits the extension: every line with an IE of IUPLUS-Constants, and the chain members whose name contains "Iuplus",
which the standard's empty nonCriticalExtensions replaces. --3gpp: the folder has 3GPP's complete modules.
--more simulates a later release: every SEQUENCE, CHOICE and ENUMERATED with an extension marker gets one addition that the
project's modules lack, the end of a chain in RRC gets another level, and DEFAULT becomes OPTIONAL, so that the default value itself
can be sent.
"""
import glob
import os
import re
import sys

MAXPATH = 150
CLASSES = {p + '-' + c for p in ('RANAP', 'RNSAP') for c in ('PROTOCOL-IES', 'PROTOCOL-IES-PAIR', 'PROTOCOL-EXTENSION',
                                                               'PRIVATE-IES', 'ELEMENTARY-PROCEDURE')}
TOKEN = re.compile(r'"(?:[^"]|"")*"|\'[^\']*\'[HB]|::=|\.\.\.|\.\.|\[\[|\]\]|&?[A-Za-z][A-Za-z0-9-]*|-?\d+|[{}()\[\],;:|<>@.&^!]')


def tokens(text):
    text = re.sub(r'--.*?(--|$)', ' ', text, flags=re.M)
    return TOKEN.findall(text)


def skip(toks, i):
    """The index after the bracket that closes the one at i."""
    depth = 0
    while True:
        depth += {'{': 1, '(': 1, '}': -1, ')': -1}.get(toks[i], 0)
        i += 1
        if not depth:
            return i


def body_of(toks):
    begin = toks.index('BEGIN') + 1
    if toks[begin] == 'IMPORTS':
        begin = toks.index(';', begin) + 1
    return toks[begin:len(toks) - 1 - toks[::-1].index('END')]


def assignments(toks):
    """Splits a module's body at each '::='; an assignment begins with its name and the tokens between the two."""
    classes = {toks[i - 1] for i, t in enumerate(toks) if t == '::=' and toks[i + 1] == 'CLASS'} | CLASSES
    starts = []
    for i, t in enumerate(toks):
        if t != '::=':
            continue
        j = i - 1
        if toks[j] == '}':		# parameter list
            depth = 0
            while True:
                depth += {'}': 1, '{': -1}.get(toks[j], 0)
                j -= 1
                if not depth:
                    break
        elif toks[j] in classes and toks[i + 1] != 'CLASS' or toks[j][0].isupper() and toks[j - 1][0].islower():
            j -= 1			# an object, an object set, or a value precedes its class or type
        starts.append(j)
    for a, b in zip(starts, starts[1:] + [len(toks)]):
        yield toks[a:b]


def drop_extension(parts, ids):
    out = []
    for p in parts:
        text = []
        i = 0
        while i < len(p):
            if p[i] == '{' and i + 2 < len(p) and p[i + 1] == 'ID' and p[i + 2] in ids:
                i = skip(p, i)
                if i < len(p) and p[i] == '|':
                    i += 1
                elif text and text[-1] == '|':
                    text.pop()
                elif i < len(p) and p[i] == ',' and text[-1] == '{':
                    i += 1
                continue
            if 'Iuplus' in p[i] and p[i].endswith('NonCriticalExtensions'):
                i = skip(p, i + 2)
                text += ['nonCriticalExtensions', 'SEQUENCE', '{', '}']
                continue
            text.append(p[i])
            i += 1
        out.append(text)
    return out


def defaults(parts):
    """(component, its DEFAULT value) of every type; none if a component's name has several."""
    found = {}
    for p in parts:
        depth = []	# the present component in each open bracket
        for i, t in enumerate(p):
            if t == '{':
                depth.append(p[i + 1])
            elif t == '}' and depth:
                depth.pop()
            elif t == ',' and depth and p[i + 1] not in '[{(':
                depth[-1] = p[i + 1]
            elif t == 'DEFAULT' and depth and p[0][0].isupper() and depth[-1][0].islower():
                found.setdefault(depth[-1], set()).add(p[i + 1])
    return sorted((name, values.pop()) for name, values in found.items() if len(values) == 1)


def later(p):
    """A type as a later release may define it. Classes are unchanged: their DEFAULT is not that of a type."""
    if 'CLASS' in p[:4] or not p[0][0].isupper():
        return p
    out, open_types = [], []	# for each open bracket, the addition to its type, or None
    i = 0
    while i < len(p):
        t = p[i]
        if t == '{':
            new = {'SEQUENCE': ['later-component', 'OCTET', 'STRING', '(', 'SIZE', '(', '0..40', ')', ')', 'OPTIONAL'],
                   'CHOICE': ['later-alternative', 'OCTET', 'STRING'], 'ENUMERATED': ['later-value']}.get(out[-1] if out else '')
            open_types.append([new, False])
        elif t == '...' and open_types:
            open_types[-1][1] = True
        elif t == '}' and open_types:
            new, marked = open_types.pop()
            if new and marked:
                out += [','] + new
        if p[i:i + 4] == ['nonCriticalExtensions', 'SEQUENCE', '{', '}'] and not p[0].endswith('-IEs'):
            # the end of a chain in RRC, where a later release adds a level; not in r3's IEs, which others may follow
            out += p[i:i + 3] + ['later-component', 'OCTET', 'STRING', '(', 'SIZE', '(', '0..40', ')', ')', 'OPTIONAL', '}']
            i += 4
            continue
        if t == 'DEFAULT':
            out.append('OPTIONAL')
            i = skip(p, i + 1) if p[i + 1] == '{' else i + 2
            continue
        out.append(t)
        i += 1
    return out


class Lift:
    def __init__(self):
        self.new = []

    def type(self, toks, i, path, top):
        """One type from toks[i]: (its tokens, the next index)."""
        t = toks[i]
        if t in ('SEQUENCE', 'CHOICE') and toks[i + 1] == '{':
            end = skip(toks, i + 1) - 1
            body = []
            j = i + 2
            while j < end:
                if toks[j] in (',', '...', '[[', ']]'):
                    body.append(toks[j])
                    j += 1
                    continue
                name = toks[j]
                inner, j = self.named(toks, j + 1, path + '_' + name, top)
                body += [name] + inner
                while j < end and toks[j] not in (',', ']]'):
                    n = skip(toks, j) if toks[j] in '({' else j + 1
                    body += toks[j:n]
                    j = n
            return [t, '{'] + body + ['}'], end + 1
        if t == 'SEQUENCE':
            j = toks.index('OF', i) + 1
            inner, k = self.named(toks, j, path + '_SEQOF', top)
            return toks[i:j] + inner, k
        return [t], i + 1

    def named(self, toks, i, path, top):
        if toks[i] in ('SEQUENCE', 'CHOICE') and len(path) > MAXPATH:
            name = '%s-nested%d' % (top, len(self.new) + 1)
            self.new.append([name, '::='])
            at = len(self.new) - 1
            inner, k = self.type(toks, i, name, top)
            self.new[at] += inner
            return [name], k
        return self.type(toks, i, path, top)


def main():
    args = [a for a in sys.argv[1:] if a[:2] != '--']
    official = '--official' in sys.argv
    protocol, folder, out = args
    files = sorted(glob.glob(os.path.join(folder, protocol.lower(), '*.asn')) + glob.glob(os.path.join(folder, 'iuplus', '*.asn')))
    if '--3gpp' in sys.argv:
        files = sorted(glob.glob(os.path.join(folder, '*-' + protocol.lower(), '*.asn')))
    parts, ids = [], set()
    for f in files:
        name = os.path.basename(f)
        if name.startswith('IUPLUS-') and name[7:-4] != 'Constants' and not name.startswith('IUPLUS-' + protocol):
            continue
        with open(f, encoding='utf-8', errors='replace') as h:
            got = list(assignments(body_of(tokens(h.read()))))
        if name == 'IUPLUS-Constants.asn':
            ids = {p[0] for p in got}
            if protocol == 'RRC':
                continue
        parts += got
    if official:
        parts = drop_extension(parts, ids)
    if '--more' in sys.argv:
        with open(os.path.join(os.path.dirname(out), 'defaults.term'), 'w', encoding='ascii') as h:
            for name, value in defaults(parts):	# the generator sometimes encodes them, although they are optional
                h.write("{'%s',%s}.\n" % (name, {'TRUE': 'true', 'FALSE': 'false'}.get(value, value if value.isdigit() else "'%s'" % value)))
        parts = [later(p) for p in parts]
    lines = []
    for p in parts:
        if p[0] in ('Source-ToTarget-TransparentContainer', 'Target-ToSource-TransparentContainer'):
            side = 'SourceRNC-ToTargetRNC' if p[0][0] == 'S' else 'TargetRNC-ToSourceRNC'
            p = [p[0], '::=', side + '-TransparentContainer']
        at = p.index('::=') + 1
        if p[0][0].isupper() and at == 2 and p[at] in ('SEQUENCE', 'CHOICE'):
            lift = Lift()
            body, k = lift.type(p, at, p[0], p[0])
            lines.append(p[:at] + body + p[k:])
            lines += lift.new
        else:
            lines.append(p)
    number = {p[0]: p[-1] for p in parts if p[0].startswith('id-') and p[-1].isdigit()}
    with open(os.path.join(os.path.dirname(out), 'order.term'), 'w', encoding='ascii') as h:
        for p in lines:	# the order of each object set's IEs, which asn1ct's tables do not keep
            ids = [int(number[p[i + 1]]) for i, t in enumerate(p[:-1]) if t == 'ID' and p[i + 1] in number]
            if ids:
                h.write('{%s,%s}.\n' % (sorted(ids), ids))
    with open(out, 'w', encoding='ascii') as h:
        h.write('%s DEFINITIONS AUTOMATIC TAGS ::=\nBEGIN\n' % os.path.basename(out)[:-4])
        for p in lines:
            h.write(' '.join(p) + '\n')
        h.write('END\n')


if __name__ == '__main__':
    main()
